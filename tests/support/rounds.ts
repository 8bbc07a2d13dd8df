import { env, stdout } from 'node:process';

/*
 * Tests that kill something do it ten times in the ordinary suite and two hundred times in `npm run endurance`, each round with
 * choices of its own seed. HOLDFAST_ROUNDS says how many, HOLDFAST_SEED where they begin.
 */

export const rounds = numberIn('HOLDFAST_ROUNDS', 10);
export const firstSeed = numberIn('HOLDFAST_SEED', 20_261_126);

/** Enough for so many rounds on a machine that does other things as well. */
export const roundsTimeout = 120_000 + rounds * 30_000;

/** Runs every round after the one before; names the seed of the one that fails. */
export async function eachRound(run: (seed: number, round: number) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const seed = firstSeed + round;
    try {
      await run(seed, round);
    } catch (cause) {
      const again = `HOLDFAST_SEED=${String(firstSeed)} HOLDFAST_ROUNDS=${String(round + 1)}`;
      throw new Error(`round ${String(round + 1)} of ${String(rounds)}, seed ${String(seed)} (again with ${again})`, {
        cause,
      });
    }
  }
}

/** Says what was counted, where somebody asked for more than the usual rounds. */
export function tellFigures(what: string, figures: Readonly<Record<string, number>>): void {
  if (env['HOLDFAST_ROUNDS'] === undefined) return;
  const words = Object.entries(figures).map(([name, count]) => `${name} ${String(count)}`);
  stdout.write(`\n${what}: ${String(rounds)} rounds from seed ${String(firstSeed)}; ${words.join(', ')}\n`);
}

function numberIn(name: string, otherwise: number): number {
  const given = Number(env[name]);
  return Number.isSafeInteger(given) && given > 0 ? given : otherwise;
}
