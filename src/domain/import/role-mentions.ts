import { fold, stem, wordsOf } from './fold.ts';
import type { UnderstoodGroup, UnderstoodRole } from './understood.ts';

/** Finds the role that a text means. */
export class RoleMentions {
  private readonly names: readonly {
    readonly role: string;
    readonly stems: readonly string[];
    readonly short: string | null;
  }[];
  private readonly about: readonly { readonly role: string; readonly stems: ReadonlyMap<string, number> }[];

  private readonly handles: ReadonlyMap<string, string>;

  constructor(
    roles: readonly UnderstoodRole[],
    groups: readonly UnderstoodGroup[],
    handles: ReadonlyMap<string, string>,
  ) {
    this.handles = handles;
    const firstOf = new Map<string, string>();
    for (const { title, group } of roles) if (group !== null && !firstOf.has(group)) firstOf.set(group, title);
    const all = [
      ...roles.map(({ title }) => ({ role: title, name: title })),
      ...groups.flatMap(({ name }) => {
        const role = firstOf.get(name);
        return role === undefined || role === name ? [] : [{ role, name }];
      }),
    ];
    this.names = all.flatMap(({ role, name }) => {
      const short = /\(([\p{Lu}\d]{2,6})\)/u.exec(name)?.[1] ?? null;
      const bare = name.replace(/\([^)]*\)/g, '');
      return [bare, ...bare.split(/\s*\/\s*/).filter((part) => part !== bare && part.length > 2)].map((part, at) => ({
        role,
        stems: stemsOf(part),
        short: at === 0 ? short : null,
      }));
    });
    const seen = new Map<string, number>();
    const texts = roles.map(({ title, mission, responsibilities }) => ({
      role: title,
      stems: new Set(stemsOf([title, mission, ...responsibilities].join(' '))),
    }));
    for (const { stems } of texts) for (const each of stems) seen.set(each, (seen.get(each) ?? 0) + 1);
    this.about = texts.map(({ role, stems }) => ({
      role,
      stems: new Map([...stems].filter((each) => each.length > 2).map((each) => [each, 1 / (seen.get(each) ?? 1)])),
    }));
  }

  /** Whose name stands in a text: the longest one, and of two as long the first; null where none does. */
  named(text: string): string | null {
    return this.allNamed(text)[0] ?? null;
  }

  /** Every role whose name stands in a text, those with the longest names first. */
  allNamed(text: string): readonly string[] {
    const stems = stemsOf(text);
    const found = this.names.flatMap(({ role, stems: name, short }) => {
      if (short !== null && new RegExp(`\\b${short}\\b`).test(text)) return [{ role, length: name.length, at: 0 }];
      const at = placeOf(name, stems);
      return at < 0 ? [] : [{ role, length: name.length, at }];
    });
    return [...new Set(found.sort((a, b) => b.length - a.length || a.at - b.at).map(({ role }) => role))];
  }

  /** The role whose duties sound most like a text; null where none does. A guess. */
  likeliest(text: string): string | null {
    const stems = new Set(stemsOf(text));
    let best: string | null = null;
    let most = 0.6;
    for (const { role, stems: about } of this.about) {
      const score = [...stems].reduce((sum, each) => sum + (about.get(each) ?? 0), 0);
      if (score > most) [best, most] = [role, score];
    }
    return best;
  }

  /** The role that is called so, and nothing else. */
  exactly(name: string): string | null {
    const handle = this.handles.get(name.trim());
    if (handle !== undefined) return handle;
    const wanted = stemsOf(name).join(' ');
    if (wanted === '') return null;
    return this.names.find(({ stems }) => stems.join(' ') === wanted)?.role ?? null;
  }

  /** The role that a cell or a field names, however loosely. */
  closest(name: string): string | null {
    const wanted = fold(name);
    return this.names.find(({ role }) => fold(role) === wanted)?.role ?? this.named(name);
  }
}

function stemsOf(text: string): readonly string[] {
  return wordsOf(text).map(stem);
}

function placeOf(name: readonly string[], stems: readonly string[]): number {
  if (name.length === 0) return -1;
  return stems.findIndex((_, at) => name.every((each, offset) => stems[at + offset] === each));
}
