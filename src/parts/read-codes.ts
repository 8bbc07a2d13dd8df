/** What the picture shows, as text, whenever it shows a code; ends when `signal` aborts. */
export async function readCodes(
  video: HTMLVideoElement,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  while (!signal.aborted && context !== null) {
    const image = squareOf(video, canvas, context);
    const text = image === null ? null : decoded(decodeQR, image);
    if (text !== null && !signal.aborted) onText(text);
    await nextPicture(video);
  }
}

/** Finer than this nothing more is seen of a code that fills the square, and a slow phone takes longer. */
const mostPixels = 800;

function squareOf(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): ImageData | null {
  const { videoWidth: width, videoHeight: height } = video;
  const side = Math.min(width, height);
  if (side === 0) return null;
  const size = Math.min(side, mostPixels);
  if (canvas.width !== size) canvas.width = canvas.height = size;
  context.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, size, size);
  return context.getImageData(0, 0, size, size);
}

function decoded(decode: (image: ImageData) => string, image: ImageData): string | null {
  try {
    return decode(image);
  } catch {
    // no code in this picture, or half of two
    return null;
  }
}

function nextPicture(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    // a page that is out of sight gets no pictures: ask again now and then
    const timer = setTimeout(resolve, 250);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(done);
    else requestAnimationFrame(done);
  });
}
