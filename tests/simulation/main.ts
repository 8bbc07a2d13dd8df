import { runSeed } from './run-seed.ts';

/*
 * One worker of `npm run simulate` (scripts/simulate.mjs): runs the blocks of seeds that it is sent, and tells what became of them.
 */

type Block = { readonly from: number; readonly count: number; readonly withTrace: boolean };

process.on('message', (block: Block) => {
  void runBlock(block);
});

async function runBlock({ from, count, withTrace }: Block): Promise<void> {
  let changes = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const outcome = await runSeed(seed);
    changes += outcome.changes;
    if (outcome.faults.length > 0 || withTrace) process.send?.({ tag: 'told', ...outcome });
  }
  process.send?.({ tag: 'done', count, changes });
}
