import * as z from 'zod/mini';

/*
 * Imported first by page and service worker. zod tries whether it may compile its checks with `new Function`; the app's policy
 * forbids that, and the mere try is reported as a violation and costs a slow phone a tenth of a second of each start.
 */
z.config({ jitless: true });
