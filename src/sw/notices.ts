import { reminderPath } from '../domain/readiness/reminder-path.ts';

/**
 * Shows what the server sends, and nothing else; pressed, it brings the app to the front. A window that is open is asked to go there by
 * itself: loading it anew would lose what somebody is typing.
 */
export function showNotices(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('push', (event) => {
    if (event.data === null) return;
    const { title, body } = event.data.json() as { readonly title: string; readonly body: string };
    event.waitUntil(worker.registration.showNotification(title, { body, tag: title, icon: '/icons/icon-192.png' }));
  });
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(
      worker.clients.matchAll({ type: 'window' }).then(async ([window]) => {
        if (window === undefined) return worker.clients.openWindow(reminderPath);
        window.postMessage(reminderPath);
        return window.focus();
      }),
    );
  });
}
