import type { NoticeSubscription } from '../../domain/ports/server-api.ts';

/** Whether this browser can take notifications: `blocked` by the person, `ask` nobody yet, `none`: it can't, or not before it is installed. */
export type NoticeSupport = 'allowed' | 'ask' | 'blocked' | 'none';

export function noticeSupport(): NoticeSupport {
  if (!('Notification' in globalThis) || !('PushManager' in globalThis) || !('serviceWorker' in navigator))
    return 'none';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' ? 'allowed' : 'ask';
}

/** Where this browser takes notifications; null where it takes none. */
export async function takenAt(): Promise<string | null> {
  if (noticeSupport() === 'none') return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription())?.endpoint ?? null;
}

/**
 * Asks the person, if nobody did, and has the browser take notifications of this server; to be called from a press. Null where the
 * person or the browser says no.
 */
export async function takeNotices(key: string): Promise<NoticeSubscription | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration === undefined) return null;
    // one of another server, or of a key that is no more, can't be changed
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    const taken = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = taken.toJSON();
    const { p256dh, auth } = keys ?? {};
    return endpoint === undefined || p256dh === undefined || auth === undefined
      ? null
      : { endpoint, keys: { p256dh, auth } };
  } catch {
    return null;
  }
}

export async function endNotices(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe().catch(() => false);
}
