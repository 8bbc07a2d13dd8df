import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answers, reply } from '../wire.ts';

/** `GET /api/openapi.json`: the API in OpenAPI 3.1, made from the schemas that read the requests. */
export function openapiRoute(app: FastifyInstance): void {
  const schema = {
    summary: 'This description',
    tags: ['server'],
    response: answers({ 200: reply('OpenAPI 3.1', z.looseObject({ openapi: z.string() })) }),
  };
  app.get('/api/openapi.json', { schema }, (_request, to) => to.send(app.swagger()));
}
