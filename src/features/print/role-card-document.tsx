import type { CardSource } from '../../domain/card/card-source.ts';
import type { ReliefLine, RoleCard, SupportedTask } from '../../domain/card/role-card.ts';
import type { Resource } from '../../domain/plan/plan-item.ts';
import { Code } from './code.tsx';
import { contactBlocks } from './contact-blocks.tsx';
import { paragraphs, type Block, type PaperDocument } from './paper-document.ts';
import { procedureBlocks, procedureTitle } from './procedure-blocks.tsx';
import { actionBlocks } from './role-card-actions.tsx';
import { RoleCardFacts, RoleCardHead } from './role-card-head.tsx';
import { RunningHead, type Frame } from './sheet-frame.tsx';
import { CardTimeLine, line, tableBlocks, TableHeads, TableRow, type Table } from './table.tsx';
import { listBlocks, paragraphLength, section, smallTitle, textBlocks } from './text-blocks.tsx';
import styles from './role-card.module.css';

/** The printed job action sheet of one role (product.md, The role card). */
export function roleCardDocument(card: RoleCard, frame: Frame, origin: string): PaperDocument {
  const { role } = card;
  return {
    key: `card ${role.id}`,
    title: role.title,
    first: <RoleCardHead card={card} frame={frame} origin={origin} />,
    next: <RunningHead frame={frame} title={role.title} />,
    blocks: [
      { key: 'facts', content: <RoleCardFacts card={card} source={frame.source} /> },
      ...textBlocks('reporting', 'How to report', role.reporting),
      ...textBlocks('escalation', 'How to escalate', role.escalation),
      ...reliefBlocks(card.relief),
      ...staffingNotes(card),
      ...actionBlocks(card),
      ...section('supports', 'You also help with (others own it)', supportBlocks(card.supports)),
      ...section('contacts', 'Contacts that you need', contactBlocks('contact', card.contacts, frame)),
      ...section(
        'procedures',
        'Your communication procedures',
        card.procedures.flatMap((each) => [
          smallTitle(`title ${each.procedure.id}`, procedureTitle(each.procedure)),
          ...procedureBlocks(each),
        ]),
      ),
      ...section('resources', 'Your resources', resourceBlocks(card.resources, frame.source)),
      ...section('duties', 'Your responsibilities', listBlocks('duties', role.responsibilities)),
    ],
  };
}

const reliefTable: Table = {
  name: 'relief',
  heads: ['Assigned to (name)', 'Date', 'Start', 'End', 'Signature', 'Initials'],
  columns: styles.reliefColumns,
};

/** For three reliefs; who stands assigned is written in. All on one page, unless a whole crowd does. */
function reliefBlocks(lines: readonly ReliefLine[]): readonly Block[] {
  const heads = <TableHeads table={reliefTable} />;
  return [
    { key: 'relief', content: <div className={styles.spaceAbove}>{heads}</div>, withNext: true },
    ...lines.map(({ name, date, start }, place) => ({
      key: `relief ${place}`,
      under: { key: 'relief', content: heads },
      withNext: place < lines.length - 1,
      content: (
        <TableRow table={reliefTable} cells={[[`${place + 1}. ${name}`], [date], [start]]} look={styles.relief} />
      ),
    })),
    { key: 'relief end', content: <div className={styles.space} /> },
  ];
}

function staffingNotes({ covers, coveredBy }: RoleCard): readonly Block[] {
  const roles = covers.map(({ title }) => title).join(', ');
  const notes = [
    ...(covers.length === 0 ? [] : [`Nobody fills ${roles}: those tasks are listed here and marked.`]),
    ...(coveredBy === null
      ? []
      : [
          `Nobody fills this role yet: its tasks are listed on the card of ${coveredBy} as well. Whoever takes it tells them.`,
        ]),
  ];
  return notes.flatMap((words) =>
    paragraphs(words, paragraphLength).map((part) => ({ key: part, content: <p className={styles.note}>{part}</p> })),
  );
}

const supportTable: Table = {
  name: 'supports',
  heads: ['Code', 'Task', 'Owner', 'Target'],
  columns: styles.supportColumns,
};

function supportBlocks(supports: readonly SupportedTask[]): readonly Block[] {
  return tableBlocks(
    'supports',
    supportTable,
    supports.map(({ task, owner, target }) => ({
      key: task.id,
      name: task.id,
      cells: () => [
        [
          <strong key="code">
            <Code>{task.id}</Code>
          </strong>,
        ],
        [task.title],
        [owner],
        [<CardTimeLine key="target" time={target} />],
      ],
    })),
  );
}

const resourceTable: Table = {
  name: 'resources',
  heads: ['What', 'How much', 'From, cost'],
  columns: styles.resourceColumns,
};

function resourceBlocks(resources: readonly Resource[], { plan }: CardSource): readonly Block[] {
  const currency = plan.header?.currency ?? '';
  const money = (amount: number) => `${currency} ${amount.toLocaleString('en-GB')}`.trim();
  return tableBlocks(
    'resource',
    resourceTable,
    resources.map(({ id, name, note, quantity, unit, source, cost }) => ({
      key: id,
      name,
      cells: (longest: number) => [
        [<strong key="name">{name}</strong>, ...paragraphs(note ?? '', longest).map((part) => line(part))],
        [`${quantity.toLocaleString('en-GB')} ${unit}`],
        [[source, cost === undefined ? '' : money(cost)].filter(Boolean).join(' · ')],
      ],
    })),
  );
}
