import { describe, expect, it } from 'vitest';
import { readEvents, type ServerEvent } from '../../src/sync/read-events.ts';

async function eventsOf(...pieces: string[]): Promise<readonly ServerEvent[]> {
  const events: ServerEvent[] = [];
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const each of bytes) controller.enqueue(each);
      controller.close();
    },
  });
  await readEvents(
    body,
    () => undefined,
    (event) => events.push(event),
  );
  return events;
}

describe('readEvents', () => {
  it('[LIVE] reads events, and passes over comments, unknown fields and an event that was cut off', async () => {
    const stream = ': still here\n\nevent: head\nid: 4\ndata: {"a":1}\n\ndata:x\ndata: y\n\nevent: head\ndata: cut';
    expect(await eventsOf(stream)).toEqual([
      { event: 'head', data: '{"a":1}' },
      { event: 'message', data: 'x\ny' },
    ]);
  });

  it('[LIVE] reads the same events however the bytes were cut', async () => {
    const stream = 'event: head\r\ndata: {"wort":"Übung"}\r\n\r\ndata: two\r\rdata: three\n\n';
    const whole = await eventsOf(stream, '\n');
    const bytes = new TextEncoder().encode(stream);
    for (let at = 1; at < bytes.length; at += 1) {
      const events: ServerEvent[] = [];
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytes.slice(0, at));
          controller.enqueue(bytes.slice(at));
          controller.enqueue(new TextEncoder().encode('\n'));
          controller.close();
        },
      });
      await readEvents(
        body,
        () => undefined,
        (event) => events.push(event),
      );
      expect(events).toEqual(whole);
    }
    expect(whole.map(({ data }) => data)).toEqual(['{"wort":"Übung"}', 'two', 'three']);
  });

  it('[LIVE] gives up on a stream without line ends before it fills the memory', async () => {
    await expect(eventsOf('x'.repeat(70_000))).rejects.toThrow('line ends');
  });
});
