import type { Procedure } from '../../domain/plan/plan-item.ts';
import type { CardProcedure, CardTemplate } from '../../domain/card/card-procedure.ts';
import { tableBlocks } from './columns.tsx';
import { paragraphs, type Block } from './paper-document.ts';
import { listBlocks, smallTitle, textBlocks } from './text-blocks.tsx';
import styles from './paper.module.css';

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
    ...listBlocks(`${key} points`, procedure.points),
    ...group(`${key} escalate`, 'Report and escalate', listBlocks(`${key} escalate`, procedure.reportAndEscalate)),
    ...templates.flatMap((each) => templateBlocks(`${key} ${each.template.id}`, each)),
  ];
}

function cadenceBlocks(key: string, cadence: CardProcedure['cadence']): readonly Block[] {
  return tableBlocks(
    `${key} cadence`,
    'cadence',
    cadence.map((each, place) => ({
      key: String(place),
      cells: (
        <>
          <div>
            {each.window}
            {each.clock === null ? null : <p>{each.clock}</p>}
          </div>
          <div>
            every <strong>{each.every}</strong>
          </div>
          <div>{each.audience}</div>
          <div>{each.channel}</div>
        </>
      ),
    })),
  );
}

function templateBlocks(key: string, { template, subject, body }: CardTemplate): readonly Block[] {
  return [
    smallTitle(key, `Text: ${template.title} · ${template.audience} · ${template.channel}`),
    ...(subject === null
      ? []
      : [{ key: `${key} subject`, withNext: true, content: <p className={styles.message}>Subject: {subject}</p> }]),
    ...paragraphs(body).map((part, place) => ({
      key: `${key} ${place}`,
      content: <p className={styles.message}>{part}</p>,
    })),
  ];
}

function group(key: string, words: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [smallTitle(`${key} title`, words), ...blocks];
}
