import type { Millis } from '../domain/time.ts';
import { aborted, childOf } from './abort.ts';
import type { Channel, Message } from './channel.ts';
import type { Engine } from './engine.ts';
import type { Leader } from './leader.ts';
import type { PageSignals } from './page-signals.ts';
import type { Why } from './schedule.ts';
import type { Timer } from './timer.ts';

export type TabsParts = {
  readonly engine: Engine;
  readonly leader: Leader;
  readonly channel: Channel | null;
  readonly page: PageSignals | null;
  readonly timer: Timer;
  /** Tells this context from the others on the channel. */
  readonly name: string;
  readonly onLeading: (leading: boolean) => void;
};

/** A leader that has not answered within this time is frozen. */
export const answerMs: Millis = 3_000;

/**
 * This context among all tabs and the service worker of the device: leads the engine while it is visible and nobody else does,
 * and otherwise asks the leader, taking over from one that does not answer.
 */
export interface Tabs {
  leading(): boolean;
  nudge(why: Why): void;
  receive(message: Message): void;
  /** Stands for leadership until `signal` aborts. */
  campaign(signal: AbortSignal): Promise<void>;
  /** True if a leader said that it heard `why`. */
  ask(why: Why, signal: AbortSignal): Promise<boolean>;
  /** This device was wiped: nobody stands for leadership until it joins again. */
  retire(): void;
  comeBack(): void;
}

export function createTabs(parts: TabsParts): Tabs {
  const { engine, leader, channel, page, timer, name } = parts;
  let leading = false;
  /** Aborts when there is something to lead again. */
  let retired: AbortController | null = null;
  let stealing = false;
  let standing: AbortController | null = null;
  let answered: AbortController | null = null;
  let life: AbortSignal | null = null;

  const visible = () => page === null || page.visible();

  const ask = async (why: Why, signal: AbortSignal): Promise<boolean> => {
    if (channel === null) return false;
    channel.post({ tag: 'nudge', why, from: name });
    answered ??= new AbortController();
    const waiting = answered;
    const { controller, release } = childOf(signal);
    const stop = () => controller.abort();
    waiting.signal.addEventListener('abort', stop);
    if (!waiting.signal.aborted) await timer.wait(answerMs, controller.signal);
    waiting.signal.removeEventListener('abort', stop);
    release();
    if (answered === waiting) answered = null;
    return waiting.signal.aborted;
  };

  const askOrTakeOver = async (why: Why, signal: AbortSignal): Promise<void> => {
    if (await ask(why, signal)) return;
    if (leading || signal.aborted || !visible()) return;
    stealing = true;
    standing?.abort();
  };

  const stand = async (signal: AbortSignal): Promise<void> => {
    const turn = childOf(signal);
    const resign = new AbortController();
    standing = turn.controller;
    page?.onVisibility((seen) => {
      if (seen) return;
      resign.abort();
      if (!leading) turn.controller.abort();
    }, turn.controller.signal);
    const work = async (own: AbortSignal) => {
      leading = true;
      parts.onLeading(true);
      try {
        await engine.lead(own, resign.signal);
      } finally {
        leading = false;
        parts.onLeading(false);
      }
    };
    const takingOver = stealing;
    stealing = false;
    await (takingOver ? leader.takeOver(work, turn.controller.signal) : leader.lead(work, turn.controller.signal));
    standing = null;
    turn.controller.abort();
    turn.release();
  };

  return {
    leading: () => leading,
    nudge(why) {
      if (leading || channel === null || life === null) engine.nudge(why);
      else void askOrTakeOver(why, life);
    },
    receive(message) {
      if (message.tag === 'heard' && message.by === name) answered?.abort();
      if (message.tag !== 'nudge' || !leading) return;
      channel?.post({ tag: 'heard', by: message.from });
      engine.nudge(message.why);
    },
    async campaign(signal) {
      life = signal;
      signal.addEventListener('abort', () => retired?.abort());
      while (!signal.aborted) {
        if (retired !== null) await aborted(retired.signal);
        else if (visible()) await stand(signal);
        else await becomesVisible(page, signal);
      }
      life = null;
    },
    ask,
    retire() {
      retired ??= new AbortController();
      if (!leading) standing?.abort();
    },
    comeBack() {
      retired?.abort();
      retired = null;
    },
  };
}

/** Resolves when the page is seen again, or `signal` aborts. */
async function becomesVisible(page: PageSignals | null, signal: AbortSignal): Promise<void> {
  const { controller, release } = childOf(signal);
  page?.onVisibility((seen) => seen && controller.abort(), controller.signal);
  await aborted(controller.signal);
  release();
}
