import { env, stdout } from 'node:process';

/*
 * Tests that kill something do it ten times in the ordinary suite and two hundred times in `npm run endurance`, each round with
 * choices of its own seed. HOLDFAST_ROUNDS says how many, HOLDFAST_SEED where they begin.
 */

export const rounds = numberIn('HOLDFAST_ROUNDS', 10);
export const firstSeed = numberIn('HOLDFAST_SEED', 20_261_126);

/** Enough for so many rounds on a machine that does other things as well. */
export const roundsTimeout = 120_000 + rounds * 30_000;

/** Runs every round after the one before; names the seed of the one that fails, and says how far it is where there are many. */
export async function eachRound(what: string, run: (seed: number, round: number) => Promise<void>): Promise<void> {
  const began = Date.now();
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
    const minutes = ((Date.now() - began) / 60_000).toFixed(1);
    if ((round + 1) % 10 === 0) tell(`${what}: ${String(round + 1)} of ${String(rounds)} rounds, ${minutes} min`);
  }
}

/** What was counted. */
export function tellFigures(what: string, figures: Readonly<Record<string, number>>): void {
  const words = Object.entries(figures).map(([name, count]) => `${name} ${String(count)}`);
  tell(`${what}: ${String(rounds)} rounds from seed ${String(firstSeed)}; ${words.join(', ')}`);
}

/** Only where somebody asked for more than the usual rounds. */
function tell(line: string): void {
  if (env['HOLDFAST_ROUNDS'] !== undefined) stdout.write(`\n${line}\n`);
}

function numberIn(name: string, otherwise: number): number {
  const given = Number(env[name]);
  return Number.isSafeInteger(given) && given > 0 ? given : otherwise;
}
