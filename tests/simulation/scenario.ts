import { hour, minute, day, type Millis } from '../../src/domain/time.ts';
import type { Chance } from './support/chance.ts';
import { calm, type Weather } from './support/network.ts';

/**
 * What a seed may do. Each run gets a random part of these: a fault alone shows more than all of them at once.
 * `clones` and `backup-files` are drawn and not played: without them every known seed would draw another run. Cloned phones are `twins`.
 */
const faults = [
  'weather',
  'clocks',
  'jumps',
  'falls',
  'kills',
  'power',
  'tabs',
  'hiding',
  'sleep',
  'nights',
  'server-crash',
  'restore',
  'restore-by-hand',
  'revoke',
  'clones',
  'grants',
  'room',
  'connections',
  'live',
  'server-clock',
  'deletes',
  'backup-files',
  'alone',
] as const;
/** Drawn apart from the rest, so that the seeds known before draw what they drew. */
const laterFaults = ['bundles', 'breaks', 'pages', 'years', 'twins', 'loss', 'late'] as const;
export type Fault = (typeof faults)[number] | (typeof laterFaults)[number];

export type Scenario = {
  readonly people: number;
  readonly devices: number;
  readonly actions: number;
  readonly lasts: Millis;
  readonly faults: ReadonlySet<Fault>;
  readonly tasks: number;
};

/** Most runs are small: two or three phones that meet on few records find most, and thousands of them can be run. */
export function scenarioOf(chance: Chance): Scenario {
  const devices = deviceCount(chance);
  const enabled = faults.filter((fault) => chance.happens(fault === 'weather' || fault === 'clocks' ? 0.7 : 0.22));
  return {
    devices,
    people: Math.max(1, devices - (chance.happens(0.3) ? 1 : 0)),
    actions: Math.round((devices > 6 ? 3 : 1) * chance.between(4, 12)),
    lasts: chance.between(40, 130) * 1000,
    faults: new Set<Fault>([
      ...enabled,
      ...laterFaults.filter((fault) => chance.fork(fault).happens(fault === 'bundles' ? 0.35 : 0.15)),
    ]),
    tasks: chance.between(1, 3),
  };
}

function deviceCount(chance: Chance): number {
  const share = chance.next();
  if (share < 0.55) return 2;
  if (share < 0.88) return 3;
  if (share < 0.98) return chance.between(4, 6);
  if (share < 0.997) return chance.between(7, 14);
  return chance.between(15, 50);
}

/** Weather of one stretch of a run. */
export function weatherOf(chance: Chance): Weather {
  if (chance.happens(0.15)) return { ...calm, down: true, hang: chance.next() };
  const bad = chance.pick([0, 0.05, 0.2, 0.5]);
  const some = () => (chance.happens(0.4) ? bad : 0);
  return {
    delay: chance.pick([40, 1_000, 20_000, 2 * minute]),
    loseRequest: some(),
    loseReply: some(),
    duplicate: some(),
    truncate: some(),
    portal: some(),
    proxyFault: some(),
    hang: chance.next(),
    mostBytes: chance.happens(0.1) ? chance.pick([700, 1_500, 4_000]) : 0,
    down: false,
  };
}

/** By how much a device's clock is wrong (reliability.md, Clocks). */
export function wrongness(chance: Chance): { readonly wrongBy: Millis; readonly drift: number } {
  const drift = chance.happens(0.2) ? chance.pick([-50, -5, 5, 50]) : 0;
  const wrongBy = chance.pick([
    0,
    chance.between(-50_000, 50_000),
    chance.between(-5 * minute, 5 * minute),
    -3 * hour,
    2 * hour,
    365 * day,
    -Date.parse('2026-11-23T12:00:00.000Z'),
  ]);
  return { wrongBy, drift };
}

export function jump(chance: Chance): Millis {
  return chance.pick([-1, 1]) * chance.pick([30_000, 90_000, 10 * minute, 2 * hour, 40 * day]);
}
