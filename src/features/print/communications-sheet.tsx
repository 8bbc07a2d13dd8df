import { cardProcedure } from '../../domain/card/card-procedure.ts';
import { titleOf } from '../../domain/card/card-source.ts';
import type { PaperDocument } from './paper-document.ts';
import { procedureBlocks, procedureTitle } from './procedure-blocks.tsx';
import { RunningHead, TitleHead, type Frame } from './sheet-frame.tsx';
import { section, textBlocks } from './text-blocks.tsx';

const title = 'Communications sheet';

/** All communication procedures: who tells whom, how often, by what, in which words. */
export function communicationsSheet(frame: Frame): PaperDocument {
  const { source } = frame;
  const { plan } = source;
  return {
    key: 'communications',
    title,
    first: <TitleHead frame={frame} title={title} />,
    next: <RunningHead frame={frame} title={title} />,
    blocks: plan.procedures.flatMap((procedure) =>
      section(`part ${procedure.id}`, procedureTitle(procedure), [
        ...textBlocks(`owner ${procedure.id}`, 'Owner', titleOf(plan, procedure.owner)),
        ...procedureBlocks(cardProcedure(procedure, source)),
      ]),
    ),
  };
}
