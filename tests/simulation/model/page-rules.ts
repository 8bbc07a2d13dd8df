import type { SyncedRecord, SyncReply, SyncRequest } from '../../../src/domain/sync/protocol.ts';
import type { Held } from './held.ts';
import type { ModelJournal } from './model-journal.ts';
import { maySee } from './rights.ts';

type Reader = { readonly person: string; readonly device: string };

/** The winners that a device may see, in `seq` order; of plan versions the current one and those that open incidents name. */
export function visible(model: ModelJournal, reader: Reader): readonly Held[] {
  const level = model.levelNow(reader.person);
  const plans = pagedPlans(model);
  return [...model.winners.values()]
    .filter(({ kind, key }) => kind !== 'plan-version' || plans.has(key))
    .filter(({ kind, key, person }) =>
      maySee(level, reader, { kind, key, author: person, about: aboutOf(model, kind, key) }),
    )
    .sort((a, b) => a.seq - b.seq);
}

/** protocol.md, `POST /api/sync`: a page holds every visible winner after the cursor, as far as it reaches. */
export function pageFaults(
  model: ModelJournal,
  reader: Reader,
  request: SyncRequest,
  reply: SyncReply,
): readonly string[] {
  const from = reply.reset ? 0 : request.cursor;
  const seen = visible(model, reader);
  const ahead = from === 0 ? seen.filter((held) => comesFirst(model, held)).length : 0;
  const page = reply.records.slice(ahead);
  const due = seen.filter(({ seq }) => seq > from);
  const faults: string[] = [];
  // a revoked device gets its verdicts and nothing to read
  if (model.devices.get(reader.device)?.revokedAt != null)
    return reply.records.length === 0 ? [] : ['a revoked device reads'];
  if (request.view !== null && reply.reset !== (request.view !== reply.view))
    faults.push('a reset without another view, or none with one');
  due.slice(0, page.length).forEach((held, at) => {
    if (!isSame(held, page[at]))
      faults.push(`the page after ${String(from)} lacks ${held.kind} ${held.key} of seq ${String(held.seq)}`);
  });
  if (page.length > due.length) faults.push(`the page after ${String(from)} holds what may not be seen`);
  if (!reply.more && page.length < due.length) faults.push(`the page after ${String(from)} ends too early`);
  if (reply.more && page.length !== Math.min(request.limit, 500)) faults.push('a page ends before its limit');
  const end = reply.more ? (page.at(-1)?.seq ?? -1) : Math.max(from, model.seq);
  if (reply.cursor !== end) faults.push(`cursor ${String(reply.cursor)} where the page ends at ${String(end)}`);
  return faults;
}

function isSame(held: Held, record: SyncedRecord | undefined): boolean {
  return record !== undefined && record.change === held.id && record.seq === held.seq && record.stamp === held.stamp;
}

/** A pull from 0 is preceded by the current plan version and the open incidents with the versions they name. */
function comesFirst(model: ModelJournal, { kind, key, value }: Held): boolean {
  if (kind === 'plan-version') return pagedPlans(model).has(key);
  return kind === 'incident' && (value as { readonly status?: string } | null)?.status === 'active';
}

function pagedPlans(model: ModelJournal): ReadonlySet<string> {
  const winners = [...model.winners.values()];
  const open = winners.filter((held) => held.kind === 'incident' && comesFirst(model, held));
  const versions = winners.filter(({ kind, value }) => kind === 'plan-version' && value !== null);
  const [current] = versions.sort((a, b) => numberOf(b) - numberOf(a) || (a.stamp < b.stamp ? 1 : -1));
  return new Set([
    ...open.map(({ value }) => (value as { readonly plan: string }).plan),
    ...(current === undefined ? [] : [current.key]),
  ]);
}

function numberOf({ value }: Held): number {
  return (value as { readonly number: number }).number;
}

function aboutOf(model: ModelJournal, kind: string, key: string): string | null {
  return kind === 'conflict' ? (model.held.get(key)?.person ?? null) : null;
}
