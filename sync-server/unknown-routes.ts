import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.ts';

/**
 * Answers 404 and 405 as problems before any body is read. An address under `/api` that exists for another method is 405 with
 * `Allow`, though the app's page would answer any other GET.
 */
export function refuseUnknownRoutes(app: FastifyInstance): void {
  const methodsByUrl = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsByUrl.get(url) ?? new Set<string>();
    for (const each of [method].flat()) methods.add(each);
    methodsByUrl.set(url, methods);
  });

  const refuse = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = pathOf(request);
    const allowed = [...methodsByUrl].find(([url]) => matches(url, path))?.[1];
    // a file that is missing is asked for by a method that its address takes
    if (allowed === undefined || allowed.has(request.method)) return sendProblem(reply, 'not-found');
    return sendProblem(reply.header('allow', [...allowed].sort().join(', ')), 'method-not-allowed');
  };

  app.addHook('onRequest', async (request, reply) => {
    if (request.is404 || (request.routeOptions.url === '/*' && isApi(pathOf(request)))) return refuse(request, reply);
  });
  app.setNotFoundHandler(refuse);
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

function matches(url: string, path: string): boolean {
  if (url === '/*') return !isApi(path);
  const wanted = url.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]))
  );
}
