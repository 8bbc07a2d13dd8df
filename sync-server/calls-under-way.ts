import type { ServerResponse } from 'node:http';
import type { DeviceId } from '../src/domain/ids.ts';

/** A phone whose network died leaves calls behind that end only by timeout; these must not hold up its next ones. */
const mostAtOnce = 4;

/**
 * How many calls of one device are worked on at once. Further ones wait with their bodies unread, so that no device makes the
 * server hold more than a few bodies and replies of it, however slowly it sends and reads.
 */
export class CallsUnderWay {
  /** Those worked on first, then those that wait. */
  readonly #lines = new Map<DeviceId, (() => void)[]>();

  /** Resolves when it is this call's turn, which ends when its reply is out or given up. */
  turn(device: DeviceId, response: ServerResponse): Promise<void> {
    const line = this.#lines.get(device) ?? [];
    this.#lines.set(device, line);
    return new Promise((start) => {
      line.push(start);
      if (line.length <= mostAtOnce) start();
      const leave = () => {
        const at = line.indexOf(start);
        if (at === -1) return;
        line.splice(at, 1);
        if (at < mostAtOnce) line[mostAtOnce - 1]?.();
        if (line.length === 0) this.#lines.delete(device);
      };
      response.once('finish', leave);
      response.once('close', leave);
    });
  }
}
