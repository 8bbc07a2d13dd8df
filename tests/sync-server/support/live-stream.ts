import type { HttpPhone } from './http-phone.ts';

export type LiveStream = {
  readonly response: Response;
  /** One event or comment, null at the end. */
  readonly next: () => Promise<string | null>;
};

/** Reads as the app does: by `fetch`, over a real connection. */
export async function openLive(address: string, phone: HttpPhone): Promise<LiveStream> {
  const headers = { authorization: `Bearer ${phone.token}`, 'accept-encoding': 'gzip, br' };
  const response = await fetch(`${address}/api/live`, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  const next = async (): Promise<string | null> => {
    for (;;) {
      const end = held.indexOf('\n\n');
      if (end >= 0) {
        const block = held.slice(0, end);
        held = held.slice(end + 2);
        return block;
      }
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return null;
      held += value ?? '';
    }
  };
  return { response, next };
}

/** What a `head` event says; anything else as it came. */
export function headOf(event: string | null): unknown {
  const [name, line] = (event ?? '').split('\n');
  return name === 'event: head' ? JSON.parse((line ?? '').slice('data: '.length)) : event;
}
