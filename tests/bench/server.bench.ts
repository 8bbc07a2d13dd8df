import { test } from '@playwright/test';
import { startRealServer } from '../e2e/support/real-server.ts';
import { median, report, time } from './support/measured.ts';

const runs = 5;

test('server start', async () => {
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const server = await startRealServer();
    await server.kill();
    took.push(await server.start());
    await server.remove();
  }
  report({
    place: 60,
    what: 'Start of the built server to “Ready”',
    figure: time(median(took)),
    target: '≤ 10 s',
    met: median(took) <= 10_000,
    of: `median of ${String(runs)} (${time(Math.min(...took))} to ${time(Math.max(...took))})`,
  });
});
