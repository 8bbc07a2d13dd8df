import { argv, env, stdout } from 'node:process';
import { bootstrap, catchUpAfter, converge, ingest, type Measured, type Scenario } from './compared.ts';
import { startPostgres } from '../../support/postgres-server.ts';
import { serveFloor } from './floor-server.ts';
import { holdConnections, idle } from './idle.ts';
import { comparisonLine, figureLine, percentile, time, writeReport, type Comparison, type Figure } from './report.ts';
import { openFloor, openHoldfast, openTwoNodes, type OpenSide } from './side.ts';
import { storm } from './storm.ts';
import { wire } from './wire.ts';

/*
 * `npm run load`: the server under load. The same file is the floor's process and the clients' of the idle connections.
 */

const scenarios: readonly Scenario[] = [
  converge(10, 100),
  converge(50, 100),
  converge(200, 50),
  bootstrap(500),
  bootstrap(5_000),
  bootstrap(50_000),
  catchUpAfter(10_000, 5_000),
  catchUpAfter(10_000, 5_000, 45_000),
  ingest(8, 40),
];
const onTwoNodes: readonly Scenario[] = [converge(50, 100), ingest(8, 40)];

const [role = 'all', ...words] = argv.slice(2);
if (role === 'floor') await serveFloor(words[0] ?? '', Number(words[1]));
else if (role === 'idle-client') holdConnections();
else await measure(role, words);

/**
 * A part by its name; without one, all, and the report is written. `compared` and `two-nodes` take a part of a scenario's name, `storm`
 * and `idle` how many. `LOAD_RUNS` says how often each comparison is made.
 */
async function measure(part: string, [first, second]: readonly string[]): Promise<void> {
  const runs = Number(env['LOAD_RUNS'] ?? 3);
  const comparisons: Comparison[] = [];
  const named = ({ name }: Scenario) => name.includes(part === 'all' ? '' : (first ?? ''));
  if (part === 'all' || part === 'compared')
    for (const scenario of scenarios.filter(named)) comparisons.push(await compare(scenario, openHoldfast, 2, runs));
  if (part === 'all' || part === 'two-nodes')
    comparisons.push(...(await compareTwoNodes(onTwoNodes.filter(named), runs)));
  const figures: Figure[] = [];
  if (part === 'all' || part === 'wire') figures.push(...(await wireFigures()));
  if (part === 'all' || part === 'storm')
    figures.push(...(await stormFigures(Number(first ?? 5000), Number(second ?? 50_000))));
  if (part === 'all' || part === 'idle') figures.push(...(await idleFigures(Number(first ?? 10_000))));
  if (part === 'all') writeReport(comparisons, figures, runs);
}

async function compareTwoNodes(shared: readonly Scenario[], runs: number): Promise<readonly Comparison[]> {
  const postgres = await startPostgres();
  const comparisons: Comparison[] = [];
  for (const { name, measure: run } of shared) {
    const scenario = { name: `Two nodes on one PostgreSQL: ${name}`, measure: run };
    comparisons.push(await compare(scenario, openTwoNodes(postgres.url), null, runs));
  }
  await postgres.stop();
  return comparisons;
}

async function compare(
  scenario: Scenario,
  open: OpenSide,
  most: Comparison['most'],
  runs: number,
): Promise<Comparison> {
  const floor: Measured[] = [];
  const ours: Measured[] = [];
  for (let run = 0; run < runs; run += 1) {
    floor.push(await scenario.measure(openFloor));
    ours.push(await scenario.measure(open));
  }
  const compared = { name: scenario.name, floor, ours, most };
  stdout.write(`${comparisonLine(compared)}\n`);
  return compared;
}

async function wireFigures(): Promise<readonly Figure[]> {
  const measured = await wire(['br', 'gzip']);
  return measured.map(({ encoding, records, bytes, plain }) =>
    told({
      what: `Bytes for a task record of the Large plan on the wire, ${encoding}`,
      figure: `${(bytes / records).toFixed(0)} of ${(plain / records).toFixed(0)} (${records.toLocaleString('en')} records)`,
      target: '≤ 60',
      met: bytes / records <= 60,
    }),
  );
}

async function stormFigures(phones: number, tasks: number): Promise<readonly Figure[]> {
  const { took, errors, askedToWait, wholeMs, peakMemory, onCore } = await storm(phones, 20, tasks);
  const [half, almost] = [percentile(took, 0.5), percentile(took, 0.99)];
  const what = `${phones.toLocaleString('en')} phones come back at once with 20 changes each`;
  return [
    told({
      what: `${what}: from the first connection to all verdicts, sign-in included`,
      figure: `p50 ${time(half)}, p99 ${time(almost)}, last ${time(wholeMs)}; the server ${time(onCore)} on a core; asked to wait ${String(askedToWait)} times`,
      target: 'p99 ≤ 10 s',
      met: almost <= 10_000,
    }),
    told({ what: `${what}: errors`, figure: String(errors.length), target: '0', met: errors.length === 0 }),
    told({
      what: `${what}: the most memory of the server`,
      figure: `${peakMemory.toFixed(0)} MiB`,
      target: '≤ 512 MiB',
      met: peakMemory <= 512,
    }),
  ];
}

async function idleFigures(connections: number): Promise<readonly Figure[]> {
  const { heardAfter, peakMemory, onCore } = await idle(connections);
  const held = heardAfter.length;
  return [
    told({
      what: `${connections.toLocaleString('en')} idle live connections from five processes and addresses`,
      figure: `${held.toLocaleString('en')} held and heard of a commit, p50 ${time(percentile(heardAfter, 0.5))}, p99 ${time(percentile(heardAfter, 0.99))}; ${peakMemory.toFixed(0)} MiB; ${(100 * onCore).toFixed(0)} % of a core at rest`,
      target: 'all of them',
      met: held === connections,
    }),
  ];
}

function told(figure: Figure): Figure {
  stdout.write(`${figureLine(figure)}\n`);
  return figure;
}
