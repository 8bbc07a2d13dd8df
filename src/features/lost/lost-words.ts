import { parseInstant, type Instant, type PersonId } from '../../domain/ids.ts';
import type { Json } from '../../domain/json.ts';
import type { LostRecord } from '../../domain/ports/lost-records.ts';
import { accessWords } from '../../parts/access-words.ts';

/** Names of people by id, those that were lost too. */
export type Names = ReadonlyMap<string, string>;

/** What a lost record says, as a person would say it. */
export function lostWords({ kind, key, value }: LostRecord, names: Names): string {
  const [first = '', second = '', third = ''] = key.split('/');
  const fields = fieldsOf(value);
  const said = sentence(kind, { first, second, third }, fields, names);
  return value === null ? `Deleted: ${said}` : said;
}

/** Who reported it: the value's own name for that, else whose change it was. */
export function lostAuthor({ value, author }: LostRecord, names: Names): string {
  const { by } = fieldsOf(value);
  const person = typeof by === 'string' ? by : author.person;
  if (person === null) return 'the server itself';
  return names.get(person) ?? 'somebody not known here';
}

/** When it happened: the value's own time, else when the lost server took it. */
export function lostAt({ value, at }: LostRecord): Instant {
  const own = parseInstant(fieldsOf(value).at);
  return own.ok ? own.value : at;
}

/** The names of the people that stand, and over them nothing; under them those whose records are lost. */
export function namesOf(people: ReadonlyMap<PersonId, { readonly name: string }>, lost: readonly LostRecord[]): Names {
  const names = new Map<string, string>();
  for (const { kind, key, value } of lost) {
    const { name } = fieldsOf(value);
    if (kind === 'person' && typeof name === 'string') names.set(key, name);
  }
  for (const [id, { name }] of people) names.set(id, name);
  return names;
}

type Fields = Readonly<Record<string, Json>>;
type Segments = { readonly first: string; readonly second: string; readonly third: string };

function sentence(kind: string, { first, second, third }: Segments, fields: Fields, names: Names): string {
  const who = (id: string) => names.get(id) ?? 'somebody not known here';
  switch (kind) {
    case 'plan-version':
      return `Plan version ${text(fields.number)}`;
    case 'plan-item':
      return `Plan draft: ${plain(second)} ${third}`;
    case 'approval':
      return `${text(fields.decision)} as ${plain(second)}`;
    case 'incident':
      return `${fields.mode === 'exercise' ? 'Exercise' : 'Incident'}: ${text(fields.title)}, ${text(fields.status)}`;
    case 'person':
      return `Name and contacts of ${who(first)}`;
    case 'grant':
      return `Access of ${who(first)}: ${grantText(fields)}`;
    case 'log':
      return logText(fields);
    case 'task':
      return `${second}: ${plain(text(fields.status))}${reasonText(fields)}`;
    case 'step':
      return `${second}, step ${third}: ${fields.done === true ? 'ticked' : 'not ticked'}`;
    case 'extra-task':
      return `Added task ${second}: ${text(fields.title)}`;
    case 'impact':
      return `System ${plain(second)}: ${text(fields.impact)}`;
    case 'assignment':
      return `${who(third)} as ${plain(second)}${fields.until == null ? '' : ', ended'}`;
    case 'availability':
      return `Availability of ${who(second)}`;
    default:
      return `${plain(kind)} ${second === '' ? first : second}`;
  }
}

function logText(fields: Fields): string {
  const task = typeof fields.task === 'string' ? ` ${fields.task}` : '';
  const words = text(fields.text);
  if (fields.type !== 'status') return `Log${task}: ${words}`;
  return `Log${task}: ${plain(text(fields.to))}${reasonText(fields)}${words === '' ? '' : `. ${words}`}`;
}

function grantText(fields: Fields): string {
  const { access } = fields;
  const isLevel = typeof access === 'string' && Object.hasOwn(accessWords, access);
  const label = isLevel ? accessWords[access as keyof typeof accessWords].label : text(access);
  const roles = Array.isArray(fields.roles) ? (fields.roles as readonly Json[]).map((role) => plain(text(role))) : [];
  return [label, ...roles].join(' · ');
}

function reasonText(fields: Fields): string {
  const reason = text(fields.reason);
  return reason === '' ? '' : `: ${reason}`;
}

function fieldsOf(value: Json): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function plain(id: string): string {
  return id.replaceAll('-', ' ');
}
