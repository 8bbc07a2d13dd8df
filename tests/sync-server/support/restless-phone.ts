import type { ChangeId } from '../../../src/domain/ids.ts';
import type { Outcome, SentChange } from '../../../src/domain/sync/protocol.ts';
import { logEntry, taskProgress } from '../../support/sample-plan.ts';
import { joinByHttp, type HttpPhone } from './http-phone.ts';

const incident = 'aaaaaaaaaaaaaaaa';
const tasks = 24;

/**
 * A phone that pushes random changes for as long as it is let and the server answers. It keeps what it has no verdict for and
 * sends that again, under the same ids, as every phone does.
 */
export class RestlessPhone {
  readonly phone: HttpPhone;
  /** Every change that was ever made here. */
  readonly made: SentChange[] = [];
  /** What the server acknowledged, with its verdict. */
  readonly acknowledged = new Map<ChangeId, Outcome>();
  /** Verdicts that did not come again as they were. */
  readonly contradictions: string[] = [];
  private waiting: readonly SentChange[] = [];

  constructor(phone: HttpPhone) {
    this.phone = phone;
  }

  /** Works until `ended` says so or the server is gone; gives how many pushes were answered. */
  async work(below: (n: number) => number, ended: () => boolean, onAnswer = () => {}): Promise<number> {
    let answered = 0;
    try {
      while (!ended()) {
        if (this.waiting.length === 0) this.waiting = this.next(below);
        await this.send();
        answered += 1;
        onAnswer();
      }
    } catch (error) {
      // a fetch that met no server; what the server itself refused is no such thing
      if (!(error instanceof TypeError)) throw error;
    }
    return answered;
  }

  /** Once the server is back: signs in, sends what has no verdict, pulls all there is. */
  async settle(): Promise<void> {
    await this.phone.signIn();
    if (this.waiting.length > 0) await this.send();
    await this.phone.sync();
  }

  /** A push was cut off: whether the server took it, this phone does not know. */
  isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** What it shows of the records that everybody sees. */
  shown(): ReadonlyMap<string, string> {
    const common = [...this.phone.records].filter(([, { kind }]) => ['task', 'step', 'log'].includes(kind));
    return new Map(common.map(([name, { change }]) => [name, change] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private async send(): Promise<void> {
    const sent = this.waiting;
    const { outcomes } = await this.phone.sync(sent);
    sent.forEach(({ id }, at) => this.judged(id, outcomes[at]));
    this.waiting = [];
  }

  private judged(id: ChangeId, outcome: Outcome | undefined): void {
    if (outcome?.id !== id || outcome.outcome === 'refused') {
      this.contradictions.push(`${id}: ${JSON.stringify(outcome)}`);
      return;
    }
    const before = this.acknowledged.get(id);
    const same = before === undefined || (before.stamp === outcome.stamp && before.outcome === outcome.outcome);
    if (!same) this.contradictions.push(`${id}: ${JSON.stringify(before)} and then ${JSON.stringify(outcome)}`);
    this.acknowledged.set(id, outcome);
  }

  /** Some new changes; now and then some that have their verdict already, as after a lost reply. */
  private next(below: (n: number) => number): readonly SentChange[] {
    const fresh = Array.from({ length: 1 + below(8) }, () => this.change(below));
    this.made.push(...fresh);
    const known = below(6) === 0 ? this.made.slice(-20 - fresh.length, -fresh.length) : [];
    return [...known.filter(({ id }) => this.acknowledged.has(id)), ...fresh];
  }

  private change(below: (n: number) => number): SentChange {
    const { phone } = this;
    const task = `T-${String(below(tasks))}`;
    switch (below(4)) {
      case 0:
        return phone.make('log', `${incident}/${phone.device}-${String(phone.n)}`, logEntry(`entry of ${task}`));
      case 1: {
        const value = { done: below(2) === 0, at: '2026-11-23T12:00:00.000Z', by: phone.person };
        return phone.edit('step', `${incident}/${task}/1`, value);
      }
      default:
        return phone.edit('task', `${incident}/${task}`, taskProgress(below(2) === 0 ? 'done' : 'in-progress'));
    }
  }
}

/** The coordinator's phone and those of others, one of whom has two. */
export async function restlessPhones(lead: HttpPhone): Promise<readonly RestlessPhone[]> {
  const ben = await joinByHttp(lead, 'responder');
  const others = [
    ben,
    await joinByHttp(lead, 'responder', [], ben.person),
    await joinByHttp(lead, 'responder'),
    await joinByHttp(lead, 'coordinator'),
  ];
  return [lead, ...others].map((phone) => new RestlessPhone(phone));
}
