import type { Json, JsonObject } from '../../../src/domain/json.ts';

/** Words for people, which may change with every build. */
const forPeople = new Set(['title', 'detail', 'message', 'errors']);

/**
 * Compares what was recorded with what is said today. Everything recorded must be there, unchanged; fields may have been added.
 * Where the recording has a value that its server made up, today's may be another, but the same one in each of its places.
 */
export class Likeness {
  private readonly made: ReadonlySet<string>;
  private readonly today = new Map<string, string>();

  constructor(made: readonly string[]) {
    this.made = new Set(made);
  }

  /** Takes a value that was made up for one of today. */
  bind(recorded: string, today: string): void {
    this.today.set(recorded, today);
  }

  /** Something recorded, with today's values in the places of those that were made up. */
  translate<T extends Json>(recorded: T): T {
    return mapped(recorded, (text) => this.text(text)) as T;
  }

  /** Where today differs from what was recorded, by path; empty if it does not. */
  differences(recorded: Json, today: Json, path = ''): readonly string[] {
    if (typeof recorded === 'string' && typeof today === 'string') return this.inText(recorded, today, path);
    if (Array.isArray(recorded)) {
      if (!Array.isArray(today) || today.length !== recorded.length) return [`${path}: another list`];
      return recorded.flatMap((each: Json, at) => this.differences(each, today[at] as Json, `${path}/${String(at)}`));
    }
    if (typeof recorded === 'object' && recorded !== null) {
      if (typeof today !== 'object' || today === null || Array.isArray(today)) return [`${path}: not an object`];
      return Object.entries(recorded as JsonObject)
        .filter(([name]) => !isForPeople(recorded as JsonObject, name))
        .flatMap(([name, value]) => this.differences(value, (today as JsonObject)[name] ?? null, `${path}/${name}`));
    }
    return recorded === today ? [] : [`${path}: ${JSON.stringify(recorded)} became ${JSON.stringify(today)}`];
  }

  private inText(recorded: string, today: string, path: string): readonly string[] {
    if (this.made.has(recorded) && !this.today.has(recorded)) {
      this.today.set(recorded, today);
      return [];
    }
    return this.text(recorded) === today ? [] : [`${path}: ${recorded} became ${today}`];
  }

  private text(recorded: string): string {
    const whole = this.today.get(recorded);
    if (whole !== undefined) return whole;
    let text = recorded;
    for (const [before, now] of this.today) if (text.includes(before)) text = text.replaceAll(before, now);
    return text;
  }
}

/** Of a problem and of a refusal: an incident has a code and a title too. */
function isForPeople(object: JsonObject, name: string): boolean {
  if (!forPeople.has(name)) return false;
  const isProblem = typeof object.type === 'string' && object.type.startsWith('urn:holdfast:problem:');
  return isProblem || Object.keys(object).sort().join() === 'code,message';
}

function mapped(value: Json, text: (each: string) => string): Json {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((each: Json) => mapped(each, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, each]) => [name, mapped(each, text)]));
}
