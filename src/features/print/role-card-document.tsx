import type { CardSource } from '../../domain/card/card-source.ts';
import type { ReliefLine, RoleCard, SupportedTask } from '../../domain/card/role-card.ts';
import type { Resource } from '../../domain/plan/plan-item.ts';
import { classNames } from '../../ui/class-names.ts';
import { columnHeads, tableBlocks } from './columns.tsx';
import { contactBlocks } from './contact-blocks.tsx';
import type { Block, PaperDocument } from './paper-document.ts';
import { procedureBlocks, procedureTitle } from './procedure-blocks.tsx';
import { actionBlocks, actionsUnder } from './role-card-actions.tsx';
import { RoleCardHead } from './role-card-head.tsx';
import { RunningHead, type Frame } from './sheet-frame.tsx';
import { listBlocks, section, smallTitle, textBlocks } from './text-blocks.tsx';
import styles from './paper.module.css';

/** The printed job action sheet of one role (product.md, The role card). */
export function roleCardDocument(card: RoleCard, frame: Frame, origin: string): PaperDocument {
  const { role } = card;
  return {
    key: `card ${role.id}`,
    title: role.title,
    first: <RoleCardHead card={card} frame={frame} origin={origin} />,
    next: <RunningHead frame={frame} title={role.title} />,
    under: { ...columnHeads, ...actionsUnder(card) },
    blocks: [
      ...textBlocks('reporting', 'How to report', role.reporting),
      ...textBlocks('escalation', 'How to escalate', role.escalation),
      { key: 'relief', content: <Relief lines={card.relief} /> },
      ...staffingNotes(card),
      ...actionBlocks(card),
      ...section('supports', 'You also help with (others own it)', supportBlocks(card.supports)),
      ...section('contacts', 'Contacts that you need', contactBlocks('contact', card.contacts)),
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

/** For three reliefs; who stands assigned is written in. */
function Relief({ lines }: { readonly lines: readonly ReliefLine[] }) {
  return (
    <div className={styles.relief}>
      <div className={classNames(styles.row, styles.columns, styles.reliefRow)}>
        {['Assigned to (name)', 'Date', 'Start', 'End', 'Signature', 'Initials'].map((each) => (
          <div key={each}>{each}</div>
        ))}
      </div>
      {lines.map((line, place) => (
        <div key={lineKey(line, place)} className={classNames(styles.row, styles.action, styles.reliefRow)}>
          <div>
            {place + 1}. {line.name}
          </div>
          <div>{line.date}</div>
          <div>{line.start}</div>
          <div />
          <div />
          <div />
        </div>
      ))}
    </div>
  );
}

/** Empty lines are all alike; only their place tells them apart. */
function lineKey(line: ReliefLine, place: number): string {
  return `${place} ${line.name}`;
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
  return notes.map((words) => ({ key: words, content: <p className={styles.note}>{words}</p> }));
}

function supportBlocks(supports: readonly SupportedTask[]): readonly Block[] {
  return tableBlocks(
    'supports',
    'supports',
    supports.map(({ task, owner, target }) => ({
      key: task.id,
      cells: (
        <>
          <div>
            <strong>{task.id}</strong>
          </div>
          <div>{task.title}</div>
          <div>{owner}</div>
          <div>
            {target.afterStart}
            {target.clock === null ? null : <p>{target.clock}</p>}
          </div>
        </>
      ),
    })),
  );
}

function resourceBlocks(resources: readonly Resource[], { plan }: CardSource): readonly Block[] {
  const currency = plan.header?.currency ?? '';
  const money = (amount: number) => `${currency} ${amount.toLocaleString('en-GB')}`.trim();
  return tableBlocks(
    'resource',
    'resources',
    resources.map(({ id, name, note, quantity, unit, source, cost }) => ({
      key: id,
      cells: (
        <>
          <div>
            <strong>{name}</strong>
            {note === undefined ? null : <p className={styles.lines}>{note}</p>}
          </div>
          <div>
            {quantity.toLocaleString('en-GB')} {unit}
          </div>
          <div>{[source, cost === undefined ? '' : money(cost)].filter(Boolean).join(' · ')}</div>
        </>
      ),
    })),
  );
}
