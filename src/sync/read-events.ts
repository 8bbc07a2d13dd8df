export type ServerEvent = { readonly event: string; readonly data: string };

/** Longer than any event of the protocol; a stream that sends more without a line end is not ours. */
const longestLine = 64 * 1024;

/**
 * Reads an event stream (WHATWG HTML, Server-sent events: `event` and `data` fields; comments and other fields are passed over)
 * until it ends; rejects when it breaks. `onBytes` is called for whatever arrives, comments included.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
  onEvent: (event: ServerEvent) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let event = '';
  let data: string[] = [];
  const line = (text: string) => {
    if (text === '') {
      if (data.length > 0) onEvent({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(text) ?? [];
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    rest += decoder.decode(value, { stream: true });
    // a lone CR at the end may be the first half of CRLF: it waits for the next bytes
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error('an event stream without line ends');
    lines.forEach(line);
  }
}
