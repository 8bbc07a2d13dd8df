import { capitalised } from '../../domain/sentence.ts';
import { parseInstant, type Instant, type PersonId } from '../../domain/ids.ts';
import type { Json } from '../../domain/json.ts';
import type { LostRecord } from '../../domain/ports/lost-records.ts';
import { aboutWords, saysWords, type Wording } from '../../domain/sync/change-words.ts';

/** Names of people by id, those that were lost too. */
export type Names = ReadonlyMap<string, string>;

const unknown = 'somebody not known here';

/** What a lost record says, as a person would say it: `IT-02: blocked 14:05: no key`. */
export function lostWords(record: LostRecord, wording: Wording, names: Names): string {
  const named: Wording = { ...wording, nameOf: (person) => (person === null ? 'somebody' : nameIn(names, person)) };
  const about = aboutWords(record, named);
  return `${capitalised(about)}: ${saysWords(record, named)}`;
}

/** Who reported it: the value's own name for that, else whose change it was. */
export function lostAuthor({ value, author }: LostRecord, names: Names): string {
  const { by } = fieldsOf(value);
  const person = typeof by === 'string' ? by : author.person;
  return person === null ? 'the server itself' : nameIn(names, person);
}

/** When it happened: the value's own time, else when the lost server took it. */
export function lostAt({ value, at }: LostRecord): Instant {
  const own = parseInstant(fieldsOf(value).at);
  return own.ok ? own.value : at;
}

/** The names of the people known here, and of those whose records are among the lost. */
export function namesOf(people: ReadonlyMap<PersonId, { readonly name: string }>, lost: readonly LostRecord[]): Names {
  const names = new Map<string, string>();
  for (const { kind, key, value } of lost) {
    const { name } = fieldsOf(value);
    if (kind === 'person' && typeof name === 'string') names.set(key, name);
  }
  for (const [id, { name }] of people) names.set(id, name);
  return names;
}

function nameIn(names: Names, person: string): string {
  return names.get(person) ?? unknown;
}

function fieldsOf(value: Json): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}
