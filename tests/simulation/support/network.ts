import type { Millis } from '../../../src/domain/time.ts';
import { addressOf } from '../../sync/support/address-of.ts';
import type { Chance } from './chance.ts';
import { origin, type Answered, type Asked, type SimServer } from './sim-server.ts';
import type { VirtualWorld } from './virtual-world.ts';

/** How bad the network is; likelihoods from 0 to 1, for each request. */
export type Weather = {
  /** Delays each way, up to this. Over a minute the attempt is given up and its request may still arrive. */
  readonly delay: Millis;
  readonly loseRequest: number;
  readonly loseReply: number;
  /** The request arrives twice; whichever reply comes first counts. */
  readonly duplicate: number;
  /** The 200 is cut off in the middle. */
  readonly truncate: number;
  /** A page of a captive portal in place of any answer. */
  readonly portal: number;
  /** 429, 502, 503, 504 of something in between, some with `Retry-After`. */
  readonly proxyFault: number;
  /** A lost request or reply hangs until the phone gives up, or is told at once. */
  readonly hang: number;
  /** Something in between refuses larger bodies with 413; 0: nothing does. */
  readonly mostBytes: number;
  /** Nothing gets through. */
  readonly down: boolean;
};

export const calm: Weather = {
  delay: 40,
  loseRequest: 0,
  loseReply: 0,
  duplicate: 0,
  truncate: 0,
  portal: 0,
  proxyFault: 0,
  hang: 0,
  mostBytes: 0,
  down: false,
};

type Line = {
  /** True while the phone sleeps, or its page is gone. */
  readonly isDeaf: () => boolean;
  /** Resolves when the phone hears again; never, if its page is gone. */
  readonly hears: () => Promise<void>;
  readonly hasSignal: () => boolean;
  readonly say: (what: string) => void;
};

/** Between the phones and the server. */
export class Network {
  weather: Weather = calm;
  /** False: event streams open, and no nudge comes through them. */
  nudges = false;
  readonly #world: VirtualWorld;
  readonly #server: SimServer;
  readonly #chance: Chance;

  constructor(world: VirtualWorld, server: SimServer, chance: Chance) {
    this.#world = world;
    this.#server = server;
    this.#chance = chance;
  }

  /** What a page of a phone is given as `fetch`. */
  fetchFor(line: Line): typeof fetch {
    return (input, init) => {
      const asked = readRequest(addressOf(input), init ?? {});
      return new Promise<Response>((resolve, reject) => {
        const signal = init?.signal ?? null;
        const gone = () => reject(new DOMException('aborted', 'AbortError'));
        if (signal?.aborted === true) return gone();
        signal?.addEventListener('abort', gone);
        const work = asked.path === '/api/live' ? this.#live(asked, line, signal) : this.#call(asked, line);
        work.then(
          async (response) => {
            if (line.isDeaf()) await line.hears();
            resolve(response);
          },
          (error: unknown) => reject(error as Error),
        );
      });
    };
  }

  async #call(asked: Asked, line: Line): Promise<Response> {
    const { weather } = this;
    await this.#travel(weather);
    if (weather.down || !line.hasSignal() || this.#chance.happens(weather.loseRequest))
      return this.#lose(asked, 'request lost', weather, line);
    if (this.#chance.happens(weather.portal)) return say(line, asked, portalPage());
    if (this.#chance.happens(weather.proxyFault)) return say(line, asked, this.#proxyFault());
    if (weather.mostBytes > 0 && (asked.body?.length ?? 0) > weather.mostBytes)
      return say(line, asked, page(413, 'Request Entity Too Large'));
    if (this.#chance.happens(weather.duplicate)) this.#again(asked, weather, line);
    const answered = await this.#world.during(this.#server.answer(asked));
    if (answered === null) return say(line, asked, this.#unreachable());
    await this.#travel(weather);
    if (!line.hasSignal() || this.#chance.happens(weather.loseReply))
      return this.#lose(asked, `reply ${String(answered.status)} lost`, weather, line);
    if (this.#chance.happens(weather.truncate))
      return say(line, asked, cutOff(answered, this.#chance.next()), ' cut off');
    return say(line, asked, responseOf(answered));
  }

  /** A copy of the request that some box on the way sends once more, soon or much later. */
  #again(asked: Asked, weather: Weather, line: Line): void {
    const later = this.#chance.next() * weather.delay * 3;
    this.#world.after(later, () => {
      void this.#world.during(this.#server.answer(asked)).then((answered) => {
        line.say(`${asked.path} again → ${answered === null ? 'nobody' : String(answered.status)}`);
      });
    });
  }

  async #travel(weather: Weather): Promise<void> {
    const share = this.#chance.next();
    await this.#world.pause(share * share * weather.delay);
  }

  async #lose(asked: Asked, what: string, weather: Weather, line: Line): Promise<Response> {
    line.say(`${asked.path} ${what}`);
    if (this.#chance.happens(weather.hang)) await new Promise(() => undefined);
    throw new TypeError('network is gone');
  }

  #unreachable(): Response {
    if (this.#chance.happens(0.5)) return page(502, 'Bad Gateway');
    throw new TypeError('connection refused');
  }

  #proxyFault(): Response {
    const status = this.#chance.pick([429, 500, 502, 503, 504]);
    const wait = this.#chance.happens(0.4) ? { 'retry-after': String(this.#chance.between(1, 40)) } : {};
    if (this.#chance.happens(0.5)) return page(status, 'Try again later', wait);
    const problem = JSON.stringify({ type: 'about:blank', title: 'no', status, code: 'too-many-requests' });
    return new Response(problem, { status, headers: { 'content-type': 'application/problem+json', ...wait } });
  }

  async #live(asked: Asked, line: Line, signal: AbortSignal | null): Promise<Response> {
    await this.#travel(this.weather);
    if (this.weather.down || !line.hasSignal() || this.#chance.happens(this.weather.loseRequest))
      return this.#lose(asked, 'stream lost', this.weather, line);
    const opened = await this.#world.during(this.#server.stream(asked));
    if (opened === null) throw new TypeError('connection refused');
    const { status, events } = opened;
    const isWhole = this.nudges;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        let ended = false;
        const once = (end: () => void) => () => {
          if (!ended) end();
          ended = true;
        };
        signal?.addEventListener(
          'abort',
          once(() => {
            events.destroy();
            controller.error(new DOMException('aborted', 'AbortError'));
          }),
        );
        let told = 0;
        events.on('data', (chunk: Uint8Array) => {
          told += 1;
          // what a box on the way keeps to itself never comes: only a pull tells the news
          if (!ended && (isWhole || told === 1)) controller.enqueue(new Uint8Array(chunk));
        });
        events.on(
          'end',
          once(() => controller.close()),
        );
        events.on('error', () => undefined);
      },
    });
    line.say(`${asked.path} → ${String(status)}`);
    return new Response(body, {
      status,
      headers: { 'content-type': status === 200 ? 'text/event-stream' : 'application/problem+json' },
    });
  }
}

function readRequest(address: string, init: RequestInit): Asked {
  const { pathname, search, origin: to } = new URL(address);
  if (to !== origin) throw new Error(`a phone called ${address}`);
  return {
    method: (init.method ?? 'GET') as Asked['method'],
    path: pathname + search,
    headers: Object.fromEntries(new Headers(init.headers)),
    body: init.body instanceof Uint8Array ? init.body : null,
  };
}

function responseOf({ status, headers, body }: Answered): Response {
  return new Response(status === 204 ? null : body, { status, headers });
}

function cutOff({ status, headers, body }: Answered, share: number): Response {
  return new Response(status === 204 ? null : body.slice(0, Math.floor(body.length * share)), { status, headers });
}

function page(status: number, words: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`<html><body>${words}</body></html>`, {
    status,
    headers: { 'content-type': 'text/html', ...headers },
  });
}

function portalPage(): Response {
  return page(200, 'Welcome to the guest network. Please accept the terms.');
}

function say(line: Line, asked: Asked, response: Response, more = ''): Response {
  line.say(`${asked.path} → ${String(response.status)}${more}`);
  return response;
}
