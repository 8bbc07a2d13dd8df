import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './problem.ts';

/** What is asked for by name and must never be answered with the app's page. */
const fileName =
  /^assets\/|\.(?:js|mjs|css|map|json|webmanifest|html|svg|png|ico|jpe?g|webp|avif|woff2?|txt|xml|wasm|pdf)$/i;

const year = 365 * 24 * 60 * 60;

/**
 * Serves the built app: its files, and `index.html` for every navigation, so that any screen's address can be opened. A missing
 * file is a 404, never the page: a browser would run HTML as a script, or a service worker would keep it. Files are looked
 * up at each request, so a build that is put there while the server runs is served at once. Without `appDir` there is only the API.
 */
export async function serveApp(app: FastifyInstance, appDir: string | null): Promise<void> {
  if (appDir === null || !existsSync(appDir)) return;
  await app.register(fastifyStatic, {
    root: appDir,
    serve: false,
    preCompressed: true,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders(response, path) {
      const hashed = path.slice(appDir.length).startsWith(`${sep}assets${sep}`);
      response.setHeader('cache-control', hashed ? `public, max-age=${String(year)}, immutable` : 'no-cache');
      response.setHeader('vary', 'accept-encoding');
    },
  });
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    const { '*': path } = request.params as { readonly '*': string };
    if (fileName.test(path)) return reply.sendFile(path);
    if (path === '' || request.headers.accept?.includes('text/html') === true) return reply.sendFile('index.html');
    return sendProblem(reply, 'not-found');
  });
}
