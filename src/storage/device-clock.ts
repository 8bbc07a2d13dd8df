import type { Clock } from '../domain/ports/sync-store.ts';
import { newRun, type ClockReading, type ClockRun } from '../domain/sync/hybrid-clock.ts';
import type { Millis } from '../domain/time.ts';

/**
 * The clocks of one page or worker, and what it noticed of them so far. A jump is noted only once the raised `line` is on
 * disk, so that a write that failed does not hide it.
 */
export class DeviceClock {
  private readonly clock: Clock;
  private noticed: ClockRun = newRun;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get run(): ClockRun {
    return this.noticed;
  }

  now(): Millis {
    return this.clock.now();
  }

  reading(): ClockReading {
    return { wall: this.clock.now(), monotonic: this.clock.monotonic() };
  }

  /** To be called after the commit that stored the clock beside `run`. */
  keep(run: ClockRun): void {
    this.noticed = run;
  }
}
