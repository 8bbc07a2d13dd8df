import type { Locator, Page } from '@playwright/test';

/** A camera as a page gets one: a picture that changes. */
type CameraPage = { readonly showToCamera: (picture: string) => Promise<void> };

/** Gives a page a camera that sees what `pointCamera` holds before it. To be called before the page opens the app. */
export async function withCamera(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1280;
    canvas.height = 720;
    const context = canvas.getContext('2d');
    const stream = () => canvas.captureStream(30);
    Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: () => Promise.resolve(stream()) } });
    const showToCamera: CameraPage['showToCamera'] = async (picture) => {
      const image = new Image();
      image.src = picture;
      await image.decode();
      const side = Math.min(canvas.height * 0.92, image.width * 2);
      context?.fillRect(0, 0, canvas.width, canvas.height);
      context?.drawImage(image, (canvas.width - side) / 2, (canvas.height - side) / 2, side, side);
    };
    Object.assign(window, { showToCamera });
  });
}

/** Holds one phone's camera over what another shows, until `isDone`; every picture is one of the other's real screen. */
export async function pointCamera(taker: Page, at: Locator, isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) {
    const picture = `data:image/png;base64,${(await at.screenshot()).toString('base64')}`;
    await taker.evaluate((seen) => (window as unknown as CameraPage).showToCamera(seen), picture);
  }
}
