import { callTree, type Callee, type TreeCall } from '../../domain/communication/call-tree.ts';
import { titleOf, type CardSource } from '../../domain/card/card-source.ts';
import { meansOf } from '../../parts/holder-ways.tsx';
import type { PaperDocument } from './paper-document.ts';
import { RunningHead, TitleHead, type Frame } from './sheet-frame.tsx';
import { line, tableBlocks, type Table } from './table.tsx';
import { section } from './text-blocks.tsx';
import styles from './contacts.module.css';

const title = 'Call tree';

const table: Table = {
  name: 'calls',
  heads: ['Call', 'Called by', 'Numbers', 'Reached · left · not · time'],
  columns: styles.callColumns,
};

/** Who calls whom, from the top down, with boxes for what came of each call: a contact test by hand. */
export function callTreeSheet(frame: Frame): PaperDocument {
  const { source } = frame;
  const calls = callTree(source.plan, frame.granted, new Map());
  return {
    key: 'call tree',
    title,
    first: <TitleHead frame={frame} title={title} />,
    next: <RunningHead frame={frame} title={title} />,
    blocks: section(
      'calls',
      'Who calls whom. Where somebody is not reached, the next in the role makes their calls, else the one above.',
      tableBlocks(
        'call',
        table,
        calls.map((call) => ({
          key: call.callee.id,
          name: nameOf(source, call.callee),
          cells: () => [
            whom(source, call),
            [call.caller === null ? 'whoever starts' : nameOf(source, call.caller)],
            numbers(source, call.callee),
            ['☐   ☐   ☐   ____:____'],
          ],
        })),
      ),
    ),
  };
}

function whom(source: CardSource, { callee, role, place, level }: TreeCall) {
  return [
    <strong key="name">
      {'· '.repeat(level)}
      {nameOf(source, callee)}
    </strong>,
    line(`${titleOf(source.plan, role)}${place === 0 ? '' : ', deputy'}`),
  ];
}

function nameOf({ people }: CardSource, { person, holder }: Callee): string {
  return (person === null ? undefined : people.get(person)?.name) ?? holder?.name ?? 'somebody not known here';
}

function numbers({ plan, people }: CardSource, { person, holder }: Callee) {
  const means =
    holder === null ? (person === null ? [] : (people.get(person)?.contacts ?? [])) : meansOf(plan, people, holder);
  return means.length === 0 ? ['no number known'] : means.map(({ value }) => line(value));
}
