import { Fragment } from 'react';
import type { Procedure } from '../../domain/plan/plan-item.ts';
import type { CardProcedure, CardTemplate } from '../../domain/card/card-procedure.ts';
import { paragraphs, type Block } from './paper-document.ts';
import { line, tableBlocks, type Table } from './table.tsx';
import { listBlocks, paragraphLength, smallTitle, textBlocks } from './text-blocks.tsx';
import styles from './communications.module.css';

/** What stands in a title of a procedure: `Customers (external)`. */
export function procedureTitle({ title, kind }: Procedure): string {
  return `${title} (${kind})`;
}

/** A communication procedure without its title: when which audience hears, by what, and the texts to send. */
export function procedureBlocks({ procedure, cadence, templates }: CardProcedure): readonly Block[] {
  const key = `procedure ${procedure.id}`;
  return [
    ...textBlocks(`${key} purpose`, 'Purpose', procedure.purpose),
    ...textBlocks(`${key} audiences`, 'Audiences', procedure.audiences.join(', ')),
    ...textBlocks(`${key} channels`, 'Channels', procedure.channels.join(', ')),
    ...cadenceBlocks(key, cadence),
    ...group(`${key} points`, 'Keep to this', listBlocks(`${key} points`, procedure.points)),
    ...group(`${key} escalate`, 'Report and escalate', listBlocks(`${key} escalate`, procedure.reportAndEscalate)),
    ...templates.flatMap((each) => templateBlocks(`${key} ${each.template.id}`, each)),
  ];
}

const cadenceTable: Table = {
  name: 'cadence',
  heads: ['After T0', 'How often', 'Audience', 'Channel'],
  columns: styles.cadenceColumns,
};

function cadenceBlocks(key: string, cadence: CardProcedure['cadence']): readonly Block[] {
  return tableBlocks(
    `${key} cadence`,
    cadenceTable,
    cadence.map((each, place) => ({
      key: String(place),
      name: each.window,
      cells: () => [
        [each.window, each.clock === null ? null : line(each.clock)],
        [
          <Fragment key="every">
            every <strong>{each.every}</strong>
          </Fragment>,
        ],
        [each.audience],
        [each.channel],
      ],
    })),
  );
}

function templateBlocks(key: string, { template, subject, body }: CardTemplate): readonly Block[] {
  return [
    smallTitle(key, `Text: ${template.title} · ${template.audience} · ${template.channel}`),
    ...(subject === null
      ? []
      : [{ key: `${key} subject`, withNext: true, content: <p className={styles.message}>Subject: {subject}</p> }]),
    ...paragraphs(body, paragraphLength).map((part, place) => ({
      key: `${key} ${place}`,
      content: <p className={styles.message}>{part}</p>,
    })),
  ];
}

function group(key: string, words: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [smallTitle(`${key} title`, words), ...blocks];
}
