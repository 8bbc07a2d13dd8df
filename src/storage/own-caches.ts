/** The caches of the app, which the service worker fills and a page may read; beside them there is only the mark of the storage. */
export const ownCaches = { app: 'holdfast-app', earlier: 'holdfast-earlier-builds' } as const;
