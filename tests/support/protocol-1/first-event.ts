import type { JsonObject } from '../../../src/domain/json.ts';
import type { TestServer } from '../../sync-server/support/open-server.ts';

export const livePath = '/api/live';

/** What a device hears at once when it begins to listen; then it goes. */
export async function firstEvent(
  { app }: TestServer,
  token: string,
): Promise<{ readonly status: number; readonly body: JsonObject }> {
  const headers = { authorization: `Bearer ${token}` };
  const reply = await app.inject({ method: 'GET', url: livePath, headers, payloadAsStream: true });
  const stream = reply.stream();
  for await (const bytes of stream) {
    const [event = '', data = ''] = String(bytes).split('\n');
    stream.destroy();
    const said = JSON.parse(data.slice('data: '.length)) as JsonObject;
    return { status: reply.statusCode, body: { event: event.slice('event: '.length), data: said } };
  }
  throw new Error('the stream ended before it said anything');
}
