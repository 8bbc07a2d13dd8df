import type { FastifyBaseLogger } from 'fastify';
import type { PersonId, WorkspaceId } from '../src/domain/ids.ts';
import type { ReminderPoint } from '../src/domain/readiness/reminder.ts';
import { reminderNotice, reminderText } from '../src/domain/readiness/reminder-text.ts';
import { minute, type Millis } from '../src/domain/time.ts';
import type { Journal } from './journal/journal.ts';
import type { PushTarget } from './journal/push-subscriptions.ts';
import { reminderWays, type ReminderWay, type ToRemind } from './journal/reminders.ts';
import type { Delivery, SendMail } from './mail.ts';
import type { Push } from './push.ts';

/** The ways that are set up; null: not this one. */
export type Ways = { readonly mail: SendMail | null; readonly push: Push | null };

export type SenderParts = {
  readonly journal: Pick<Journal, 'reminders' | 'pushes'>;
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

/** A way's own queue: a mail server that hangs makes no notification wait. */
type Lane = { readonly waiting: Job[]; readonly underWay: Set<Promise<void>>; readonly mostAtOnce: number };

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
  private readonly lanes: Readonly<Record<ReminderWay, Lane>> = {
    mail: { waiting: [], underWay: new Set(), mostAtOnce: 4 },
    push: { waiting: [], underWay: new Set(), mostAtOnce: 8 },
  };

  constructor(parts: SenderParts) {
    this.parts = parts;
  }

  get ways(): ReadonlySet<ReminderWay> {
    return new Set(reminderWays.filter((way) => this.parts.ways[way] !== null));
  }

  get push(): Push | null {
    return this.parts.ways.push;
  }

  send(workspace: WorkspaceId, request: string, all: readonly Reminding[]): void {
    // how long, not when: this computer's clock may be set meanwhile
    const until = performance.now() + waitAtMost;
    for (const to of all) this.lanes[to.way].waiting.push({ workspace, request, to, until });
    for (const way of reminderWays) this.goOn(this.lanes[way]);
  }

  async close(): Promise<void> {
    this.ending.abort();
    for (const way of reminderWays) this.lanes[way].waiting.length = 0;
    await Promise.all(reminderWays.flatMap((way) => [...this.lanes[way].underWay]));
  }

  private goOn(lane: Lane): void {
    while (lane.underWay.size < lane.mostAtOnce && !this.ending.signal.aborted) {
      const job = lane.waiting.shift();
      if (job === undefined) return;
      const done = this.sendOne(job).finally(() => {
        lane.underWay.delete(done);
        this.goOn(lane);
      });
      lane.underWay.add(done);
    }
  }

  private async sendOne({ workspace, request, to, until }: Job): Promise<void> {
    const { journal, log } = this.parts;
    try {
      const { result, reason } = performance.now() > until ? tooLate : await this.deliver(to);
      if (result !== 'sent' && this.ending.signal.aborted) return;
      log[result === 'sent' ? 'info' : 'warn']({ event: 'reminded', way: to.way, result, reason }, 'reminder');
      await journal.reminders.settle(workspace, request, to.way, [to.person], result);
    } catch (error) {
      log.error({ err: error }, 'unforeseen error of a reminder');
    }
  }

  private async deliver(to: Reminding): Promise<Delivery> {
    const { ways, publicUrl } = this.parts;
    const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(sendWithin)]);
    if (to.way === 'push') return await this.notify(to.targets, to.points, signal);
    return ways.mail === null ? notSetUp : await ways.mail(to.address, reminderText(to.points, publicUrl), signal);
  }

  /** To each device of a person: reached where one is. A device that takes none any more is forgotten. */
  private async notify(
    targets: readonly PushTarget[],
    points: readonly ReminderPoint[],
    signal: AbortSignal,
  ): Promise<Delivery> {
    const { push } = this;
    if (push === null) return notSetUp;
    const notice = reminderNotice(points);
    const came = await Promise.all(
      targets.map(async (target): Promise<Delivery> => {
        const delivery = await push.send(target, notice, signal);
        if (delivery.result !== 'gone') return delivery;
        await this.parts.journal.pushes.dropGone(target.device, target.endpoint);
        return { result: 'refused', reason: 'gone' };
      }),
    );
    const byResult = (result: Delivery['result']) => came.find((each) => each.result === result);
    return byResult('sent') ?? byResult('failed') ?? byResult('refused') ?? notSetUp;
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
