import { contactWords } from '../communication/contact-words.ts';
import type { PersonId, SystemId, TaskCode } from '../ids.ts';
import { parseInstant, type Instant } from '../ids.ts';
import { impactWords, statusWords } from '../incident/status-words.ts';
import { whenWords } from '../incident/zoned-time.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Plan } from '../plan/plan.ts';
import { unreachable } from '../result.ts';
import type { Millis } from '../time.ts';
import { fieldsInWords } from './field-words.ts';
import { isKind, type Kind } from './kinds.ts';
import { roleInWords } from './reference-words.ts';

/** What turns ids and times of a value into what a person says. */
export type Wording = {
  readonly zone: string;
  readonly now: Millis;
  /** Of the incident that the record belongs to; null where it isn't at hand: ids then stand for themselves. */
  readonly plan: Plan | null;
  readonly nameOf: (person: PersonId | null) => string;
};

/** A change of any kind, as far as words need it. */
export type Told = {
  readonly kind: string;
  readonly key: string;
  readonly value: Json;
  /** When it was made; stands where the value names no time of its own. */
  readonly at: Instant;
};

/** What a change is about, to stand after "on": `IT-03`, `step 2 of IT-03`, `the contacts of Ana`. */
export function aboutWords({ kind, key, value }: Pick<Told, 'kind' | 'key' | 'value'>, wording: Wording): string {
  const [first = '', second = '', third = ''] = key.split('/');
  if (!isKind(kind)) return `the ${kind.replaceAll('-', ' ')}`;
  const person = (id: string) => wording.nameOf(id as PersonId);
  switch (kind) {
    case 'task':
      return second;
    case 'step':
      return `step ${third} of ${second}`;
    case 'extra-task':
      return titled(`the added task ${second}`, value, 'title');
    case 'assignment':
      return `${person(third)} as ${roleInWords(second, wording.plan)}`;
    case 'availability':
      return `the availability of ${person(second)}`;
    case 'impact':
      return wording.plan?.systems.find(({ id }) => id === (second as SystemId))?.name ?? second.replaceAll('-', ' ');
    case 'incident':
      return titled('the incident', value, 'title');
    case 'log':
      return 'the log';
    case 'message':
      return titled('the message', value, 'title', 'subject');
    case 'resource':
      return titled('the request', value, 'name', 'title');
    case 'review':
      return 'the review';
    case 'approval':
      return `the approval as ${roleInWords(second, wording.plan)}`;
    case 'person':
      return `the contacts of ${wording.nameOf(first as PersonId)}`;
    case 'grant':
      return `the access of ${wording.nameOf(first as PersonId)}`;
    case 'device':
      return 'the report of a device';
    case 'contact-test':
      return 'the contact test';
    case 'contact-result':
      return `the call to ${second.startsWith('~') ? 'a holder of the plan' : person(second)}`;
    case 'training':
      return titled('the training', value, 'title');
    case 'plan-item':
      return `${draftItem(second, third, value)} in the plan’s draft`;
    case 'plan-version':
      return 'a published plan version';
    case 'conflict':
      return 'what was decided about an overruled change';
    default:
      return unreachable(kind);
  }
}

/**
 * What a change says: `done 14:02`, `blocked 14:05: no key`. `other` is the value it is told apart from; kinds with many fields
 * then name only what differs.
 */
export function saysWords(told: Told, wording: Wording, other?: Json): string {
  if (told.value === null) return 'removed';
  if (!isKind(told.kind) || typeof told.value !== 'object' || Array.isArray(told.value)) return 'something';
  const when = (at: unknown) => whenWords(instantOr(at, told.at), wording.zone, wording.now);
  return kindSays(told.kind, told.value as JsonObject, when, wording, other);
}

function kindSays(
  kind: Kind,
  value: JsonObject,
  when: (at: unknown) => string,
  wording: Wording,
  other: Json | undefined,
): string {
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : '');
  const withWhy = (words: string, why: string) => (why === '' ? words : `${words}: ${why}`);
  switch (kind) {
    case 'task':
      return withWhy(`${wordOf(statusWords, value.status)} ${when(value.endedAt)}`, text('reason'));
    case 'step':
      return `${value.done === true ? 'ticked' : 'not ticked'} ${when(value.at)}`;
    case 'impact': {
      const back = value.estimate === null ? '' : `, expected back ${when(value.estimate)}`;
      return withWhy(`${wordOf(impactWords, value.impact)} ${when(value.at)}${back}`, text('note'));
    }
    case 'assignment':
      return withWhy(value.until === null ? `since ${when(value.since)}` : `until ${when(value.until)}`, text('note'));
    case 'availability':
      return wordOf(availabilityWords, value.within);
    case 'approval':
      return withWhy(`${text('decision')} ${when(value.at)}`, text('note'));
    case 'contact-result':
      return withWhy(`${wordOf(contactWords, value.result)} ${when(value.at)}`, text('note'));
    case 'contact-test':
      return value.endedAt == null ? `begun ${when(value.startedAt)}` : `ended ${when(value.endedAt)}`;
    case 'log':
      return value.type === 'status' && text('task') !== ''
        ? `${text('task')} ${wordOf(statusWords, value.to)} ${when(value.at)}`
        : text('text') || 'an entry without words';
    case 'conflict':
      return wordOf(decisionWords, value.decision);
    case 'plan-version':
      return `version ${typeof value.number === 'number' ? value.number : ''}`;
    case 'incident':
    case 'extra-task':
    case 'message':
    case 'resource':
    case 'review':
    case 'person':
    case 'grant':
    case 'device':
    case 'training':
    case 'plan-item':
      return fieldsInWords(value, other, wording);
    default:
      return unreachable(kind);
  }
}

/** The title of a task or the text of a step, where the plan is at hand. */
export function detailWords({ kind, key }: Pick<Told, 'kind' | 'key'>, { plan }: Wording): string | null {
  const [, code = '', n = ''] = key.split('/');
  const task = kind === 'task' || kind === 'step' ? plan?.taskByCode.get(code as TaskCode) : undefined;
  if (task === undefined) return null;
  return kind === 'task' ? task.title : (task.steps[Number(n) - 1] ?? null);
}

const availabilityWords: Readonly<Record<string, string>> = {
  now: 'available now',
  '15': 'available within 15 min',
  '30': 'available within 30 min',
  '60': 'available within an hour',
  cannot: 'not available',
};

const decisionWords: Readonly<Record<string, string>> = {
  open: 'still to decide',
  kept: 'keep theirs',
  restored: 'restore mine',
};

function wordOf(words: Readonly<Record<string, string>>, of: Json | undefined): string {
  return typeof of === 'string' && Object.hasOwn(words, of) ? (words[of] ?? of) : 'reported';
}

function instantOr(raw: unknown, otherwise: Instant): Instant {
  const read = parseInstant(raw);
  return read.ok ? read.value : otherwise;
}

/** `the task IT-07 “Restore the order database”`; other ids of a plan are the app's own. */
function draftItem(section: string, id: string, value: Json): string {
  if (section === 'header') return 'the first page';
  return titled(section === 'task' ? `the task ${id}` : `the ${section}`, value, 'title', 'name');
}

function titled(what: string, value: Json, ...names: readonly string[]): string {
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  const title = names.map((name) => fields[name]).find((each) => typeof each === 'string' && each !== '');
  return typeof title === 'string' ? `${what} “${title}”` : what;
}
