import type { ServerResponse } from 'node:http';
import type { DeviceId } from '../src/domain/ids.ts';
import { Turns } from './turns.ts';

/** A phone whose network died leaves calls behind that end only by timeout; these must not hold up its next ones. */
const mostAtOnce = 4;

/**
 * How many calls of one device are worked on at once. Further ones wait with their bodies unread, so that no device makes the
 * server hold more than a few bodies and replies of it, however slowly it sends and reads.
 */
export class CallsUnderWay {
  readonly #turns = new Map<DeviceId, Turns>();

  /** Resolves when it is this call's turn, which ends when its reply is out or given up; false if the caller has gone away before. */
  turn(device: DeviceId, response: ServerResponse): Promise<boolean> {
    const turns = this.#turns.get(device) ?? new Turns(mostAtOnce);
    this.#turns.set(device, turns);
    const turn = turns.of(response);
    response.once('close', () => turns.isIdle && this.#turns.delete(device));
    return turn.begin();
  }
}
