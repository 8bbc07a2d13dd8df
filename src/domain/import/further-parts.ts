import { isKindName, procedureKind, resourceKind } from './lexicon.ts';
import { splitHead } from './meaning.ts';
import type { RoleMentions } from './role-mentions.ts';
import type { SourceLine } from './source.ts';
import * as rows from './table-rows.ts';
import type { UnderstoodProcedure, UnderstoodResource } from './understood.ts';
import type { Writable } from './writable.ts';

/** Communication procedures and resources as they are met from the top of a document to its end. */
export class FurtherParts {
  readonly resources: UnderstoodResource[] = [];
  /** The line that says what kind the resources below it are. */
  kindAbove: string = '';
  private readonly procedures: Writable<UnderstoodProcedure>[] = [];

  addProcedure({ number, text }: SourceLine): void {
    const [head, rest] = splitHead(text) ?? [text.replace(/:$/, ''), ''];
    const kind = procedureKind(head) ?? procedureKind(rest);
    this.procedures.push({
      kind: kind ?? 'internal',
      title: head.replace(/:$/, ''),
      owner: null,
      points: rest === '' ? [] : [rest],
      lines: [number],
      guessed: kind === null ? ['kind'] : [],
    });
  }

  addProcedureRow(row: SourceLine, cell: rows.NamedCells): void {
    const procedure = rows.procedureOfRow(row, cell);
    if (procedure !== null) {
      this.procedures.push({
        ...procedure,
        points: [...procedure.points],
        lines: [...procedure.lines],
        guessed: [...procedure.guessed],
      });
      return;
    }
    // a row without an audience goes on with the one above it
    for (const text of row.cells) if (text !== '') this.addPoint({ ...row, text });
  }

  addPoint(line: SourceLine): void {
    if (this.procedures.length === 0) this.addProcedure({ ...line, text: 'Communication' });
    const procedure = this.procedures.at(-1);
    procedure?.points.push(line.text);
    procedure?.lines.push(line.number);
  }

  /** One line may name several things: `Technical: servers, backups and cloud storage`. */
  addResource({ number, text }: SourceLine): void {
    const [head, rest] = splitHead(text) ?? ['', text];
    const kind = resourceKind(head) ?? resourceKind(this.kindAbove) ?? resourceKind(rest);
    const isKind = head !== '' && rest !== '' && isKindName(head);
    const listed = isKind ? rest.replace(/\.$/, '').split(/\s*,\s*(?:and |or )?|\s*;\s*/) : [text];
    const names = isKind && listed.some((each) => each.split(' ').length > 9) ? [rest] : listed;
    for (const name of names) {
      if (name.trim() === '') continue;
      this.resources.push({
        kind: kind ?? 'technical',
        name: upperFirst(name.trim()),
        quantity: null,
        unit: null,
        owner: null,
        source: null,
        lines: [number],
        guessed: kind === null ? ['kind'] : [],
      });
    }
  }

  /** The procedures with who answers for them: a guess where no cell of a table says it. */
  owned(mentions: RoleMentions): readonly UnderstoodProcedure[] {
    return this.procedures.map((each) => {
      const said = each.owner === null ? null : mentions.closest(each.owner);
      const owner = said ?? mentions.named(each.points.join(' ')) ?? mentions.likeliest(each.title);
      return { ...each, owner, guessed: said === null && owner !== null ? [...each.guessed, 'owner'] : each.guessed };
    });
  }
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
