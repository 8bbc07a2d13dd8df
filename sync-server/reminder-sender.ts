import type { FastifyBaseLogger } from 'fastify';
import type { PersonId, WorkspaceId } from '../src/domain/ids.ts';
import type { ReminderPoint } from '../src/domain/readiness/reminder.ts';
import { reminderText } from '../src/domain/readiness/reminder-text.ts';
import { minute, type Millis } from '../src/domain/time.ts';
import type { Reminders, ReminderWay, ToRemind } from './journal/reminders.ts';
import type { Delivery, SendMail } from './mail.ts';

/** The ways that are set up; null: not this one. */
export type Ways = { readonly mail: SendMail | null };

export type SenderParts = {
  readonly reminders: Reminders;
  readonly ways: Ways;
  /** Origin under which people open the app. */
  readonly publicUrl: string;
  readonly log: FastifyBaseLogger;
};

export type Reminding = ToRemind & { readonly points: readonly ReminderPoint[] };

type Job = {
  readonly workspace: WorkspaceId;
  readonly request: string;
  readonly to: Reminding;
  readonly until: number;
};

/** A mail server is asked by so many at once. */
const mostAtOnce = 4;
/** One that was not sent within this time is given up. */
const sendWithin: Millis = 20_000;
/** What waits behind others for so long is not even tried: a server that hangs makes nobody wait for hours. */
const waitAtMost: Millis = 5 * minute;

const tooLate: Delivery = { result: 'failed', reason: 'waited too long' };
const notSetUp: Delivery = { result: 'failed', reason: 'not set up' };

/**
 * Sends in the background, a few at once, and notes what came of each. Nothing waits for it, and it holds no transaction while it
 * sends. Once closed it sends nothing more: what was under way stays noted as waiting, and is told as not known later.
 */
export class ReminderSender {
  private readonly parts: SenderParts;
  private readonly ending = new AbortController();
  private readonly waiting: Job[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(parts: SenderParts) {
    this.parts = parts;
  }

  get ways(): ReadonlySet<ReminderWay> {
    return new Set(this.parts.ways.mail === null ? [] : (['mail'] as const));
  }

  send(workspace: WorkspaceId, request: string, all: readonly Reminding[]): void {
    // how long, not when: this computer's clock may be set meanwhile
    const until = performance.now() + waitAtMost;
    this.waiting.push(...all.map((to) => ({ workspace, request, to, until })));
    this.goOn();
  }

  async close(): Promise<void> {
    this.ending.abort();
    this.waiting.length = 0;
    await Promise.all(this.underWay);
  }

  private goOn(): void {
    while (this.underWay.size < mostAtOnce && !this.ending.signal.aborted) {
      const job = this.waiting.shift();
      if (job === undefined) return;
      const done = this.sendOne(job).finally(() => {
        this.underWay.delete(done);
        this.goOn();
      });
      this.underWay.add(done);
    }
  }

  private async sendOne({ workspace, request, to, until }: Job): Promise<void> {
    const { reminders, log } = this.parts;
    try {
      const { result, reason } = performance.now() > until ? tooLate : await this.deliver(to);
      if (result !== 'sent' && this.ending.signal.aborted) return;
      log[result === 'sent' ? 'info' : 'warn']({ event: 'reminded', way: to.way, result, reason }, 'reminder');
      await reminders.settle(workspace, request, to.way, [to.person], result);
    } catch (error) {
      log.error({ err: error }, 'unforeseen error of a reminder');
    }
  }

  private async deliver({ address, points }: Reminding): Promise<Delivery> {
    const { ways, publicUrl } = this.parts;
    const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(sendWithin)]);
    return ways.mail === null ? notSetUp : await ways.mail(address, reminderText(points, publicUrl), signal);
  }
}

/** Puts each person's points beside where they are to be sent. */
export function withPoints(
  send: readonly ToRemind[],
  people: readonly { readonly person: PersonId; readonly points: readonly ReminderPoint[] }[],
): readonly Reminding[] {
  const points = new Map(people.map((each) => [each.person, each.points]));
  return send.map((to) => ({ ...to, points: points.get(to.person) ?? [] }));
}
