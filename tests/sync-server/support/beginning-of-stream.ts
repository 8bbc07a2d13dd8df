import type { InjectOptions } from 'fastify';
import type { Reply, TestServer } from './open-server.ts';

export type Beginning = Pick<Reply, 'statusCode' | 'headers' | 'payload'>;

/** The reply to a call for an event stream; one that was granted never ends by itself, and is left at once. */
export async function beginningOfStream(server: TestServer, options: InjectOptions): Promise<Beginning> {
  const reply = await server.app.inject({ ...options, payloadAsStream: true });
  const { statusCode, headers } = reply;
  let payload = '';
  if (String(headers['content-type']).startsWith('text/event-stream')) reply.stream().destroy();
  else for await (const chunk of reply.stream()) payload += String(chunk);
  return { statusCode, headers, payload };
}
