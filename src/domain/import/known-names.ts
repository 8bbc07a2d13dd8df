import { freeId } from '../plan/draft-edits.ts';
import { fold } from './fold.ts';
import { cutLine } from './item-texts.ts';

/** What is in the plan already, by the name that people give it: a document that is read again finds what it made before. */
export class KnownNames<Item extends { readonly id: string }> {
  private readonly byName = new Map<string, Item[]>();
  private readonly nameOf: (item: Item) => string;
  private readonly taken: Set<string>;
  private readonly given = new Map<string, string>();
  private readonly used = new Set<string>();

  constructor(items: readonly Item[], nameOf: (item: Item) => string) {
    this.nameOf = nameOf;
    for (const item of items) {
      const key = keyOf(nameOf(item));
      this.byName.set(key, [...(this.byName.get(key) ?? []), item]);
    }
    this.taken = new Set(items.map(({ id }) => id));
  }

  /** The item that is called so; null where it is new. Each is given once, those of one name in their order. */
  find(name: string): Item | null {
    const found = this.byName.get(keyOf(name))?.find(({ id }) => !this.used.has(id));
    if (found === undefined) return null;
    this.used.add(found.id);
    this.given.set(keyOf(name), found.id);
    return found;
  }

  /** An item that was found by something else than its name; it is not given again. */
  take(item: Item | undefined): Item | null {
    if (item === undefined || this.used.has(item.id)) return null;
    this.used.add(item.id);
    this.given.set(keyOf(this.nameOf(item)), item.id);
    return item;
  }

  /** A new id for a name, of its words. */
  idFor(name: string, free: (taken: ReadonlySet<string>) => string = (taken) => freeId(name, taken)): string {
    const id = free(this.taken);
    this.taken.add(id);
    this.given.set(keyOf(name), id);
    return id;
  }

  /** The id that was given to this name; null where none was. */
  idOf(name: string | null): string | null {
    return name === null ? null : (this.given.get(keyOf(name)) ?? null);
  }
}

/** As a plan keeps it: a long name is cut there. Signs don't count. */
function keyOf(name: string): string {
  return fold(cutLine(name)).replace(/[^\p{L}\p{N}]+/gu, ' ');
}
