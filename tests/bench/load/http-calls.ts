import { Agent, request, type IncomingMessage } from 'node:http';

export type HttpReply = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

export type CallOptions = {
  readonly token?: string | null;
  readonly body?: object;
  /** What `Accept-Encoding` says; nothing is inflated here. */
  readonly accept?: string;
};

/** One HTTP client for all devices of a process: connections stay open, and as many are open as calls are under way. */
export class HttpCalls {
  readonly origin: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: Infinity });
  readonly #port: number;

  /** `server` is the one that is called, `origin` the address that it has for people: another one behind a load balancer. */
  constructor(server: string, origin = server) {
    this.origin = origin;
    this.#port = Number(new URL(server).port);
  }

  post(path: string, { token = null, body = {}, accept }: CallOptions): Promise<HttpReply> {
    const bytes = Buffer.from(JSON.stringify(body));
    const headers: Record<string, string | number> = {
      'content-type': 'application/json',
      'content-length': bytes.length,
    };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    if (accept !== undefined) headers['accept-encoding'] = accept;
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.#port, method: 'POST', path, headers, agent: this.#agent };
      const sent = request(options, (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.once('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(parts) }),
        );
        reply.once('error', reject);
      });
      sent.once('error', reject);
      sent.end(bytes);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The body of a reply that must be a success. */
export function bodyOf(reply: HttpReply): unknown {
  const text = reply.body.toString();
  if (reply.status !== 200) throw new Error(`${String(reply.status)}: ${text.slice(0, 400)}`);
  return JSON.parse(text);
}
