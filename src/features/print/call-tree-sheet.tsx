import { callTree, type Callee, type TreeCall } from '../../domain/communication/call-tree.ts';
import { titleOf, type CardSource } from '../../domain/card/card-source.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { calleeMeans, calleeName } from '../../parts/callee-ways.ts';
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
          name: calleeName(source, call.callee),
          cells: () => [
            whom(source, call),
            [call.caller === null ? 'whoever starts' : calleeName(source, call.caller)],
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
      {calleeName(source, callee)}
    </strong>,
    line(`${titleOf(source.plan, role)}${place === 0 ? '' : ', deputy'}`),
  ];
}

function numbers({ plan, people }: CardSource, callee: Callee) {
  const means = calleeMeans(plan, people, callee);
  return means.length === 0 ? ['no number known'] : means.map(({ value }) => line(<AddressText>{value}</AddressText>));
}
