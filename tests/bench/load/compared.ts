import type { Change } from '../../../src/domain/sync/protocol.ts';
import { catchUp, type LoadDevice } from './devices.ts';
import { taskKey, taskProgress } from './making-changes.ts';
import type { Before, OpenSide, Side } from './side.ts';

/** Milliseconds: from the first request to the last reply, and those that the server was on a core meanwhile. */
export type Measured = { readonly took: number; readonly onCore: number };
export type Scenario = { readonly name: string; readonly measure: (open: OpenSide) => Promise<Measured> };

const taskKeys = 500;

/** All devices send their changes of 500 tasks at once, and pull until every one of them holds the same. */
export function converge(many: number, each: number): Scenario {
  return {
    name: `${String(many)} devices x ${String(each)} changes over ${String(taskKeys)} tasks until all are equal`,
    measure: async (open) => {
      const side = await open(many);
      await Promise.all(side.devices.map(catchUp));
      const batches = side.devices.map((_, place) => changesOf(side, place, each, (at) => place * each + at));
      const took = await timed(side, async () => {
        await Promise.all(side.devices.map((device, place) => device.sync(batches[place] ?? [])));
        await Promise.all(side.devices.map(catchUp));
      });
      assertEqual(side.devices);
      await side.end();
      return took;
    },
  };
}

/** A new device pulls all there is. */
export function bootstrap(tasks: number): Scenario {
  return {
    name: `First pull of ${tasks.toLocaleString('en')} task records`,
    measure: async (open) => {
      const side = await open(1, progressOf(tasks));
      const took = await timed(side, () => catchUp(first(side)));
      assertHolds(first(side), tasks);
      await side.end();
      return took;
    },
  };
}

/** A device that has all pulls what was changed since. `others` are records that did not change, and must not cost anything. */
export function catchUpAfter(changes: number, tasks: number, others = 0): Scenario {
  const beside = others === 0 ? '' : `, beside ${others.toLocaleString('en')} others`;
  return {
    name: `Catching up with ${changes.toLocaleString('en')} changes of ${tasks.toLocaleString('en')} tasks${beside}`,
    measure: async (open) => {
      const side = await open(2, progressOf(tasks + others));
      const [writer, reader] = side.devices as [LoadDevice, LoadDevice];
      await Promise.all([catchUp(writer), catchUp(reader)]);
      const made = changesOf(side, 0, changes, (at) => at % tasks);
      for (let from = 0; from < made.length; from += 500) await writer.sync(made.slice(from, from + 500));
      const took = await timed(side, () => catchUp(reader));
      assertHolds(reader, tasks + others);
      await side.end();
      return took;
    },
  };
}

/** Devices push full batches one after another, as phones with a long outbox do; changes taken in a second. */
export function ingest(many: number, batches: number): Scenario {
  const total = many * batches * 500;
  return {
    name: `Taking in ${total.toLocaleString('en')} changes from ${String(many)} devices, 500 a push`,
    measure: async (open) => {
      const side = await open(many);
      await Promise.all(side.devices.map(catchUp));
      const made = side.devices.map((_, place) =>
        changesOf(side, place, batches * 500, (at) => place * batches * 500 + at),
      );
      const took = await timed(side, () =>
        Promise.all(
          side.devices.map(async (device, place) => {
            for (let batch = 0; batch < batches; batch += 1)
              await device.sync((made[place] ?? []).slice(batch * 500, (batch + 1) * 500));
          }),
        ),
      );
      await side.end();
      return took;
    },
  };
}

export function progressOf(tasks: number): Before {
  return (maker, person) =>
    Array.from({ length: tasks }, (_, at) => maker.make('task', taskKey(at), taskProgress(person, at)));
}

function changesOf(side: Side, place: number, many: number, task: (at: number) => number): readonly Change[] {
  const maker = side.makers[place];
  const person = side.people[place];
  if (maker === undefined || person === undefined) throw new Error(`there is no device ${String(place)}`);
  return Array.from({ length: many }, (_, at) => maker.make('task', taskKey(task(at)), taskProgress(person, at)));
}

function first(side: Side): LoadDevice {
  const [device] = side.devices;
  if (device === undefined) throw new Error('there is no device');
  return device;
}

async function timed(side: Side, run: () => Promise<unknown>): Promise<Measured> {
  const [began, onCore] = [performance.now(), side.onCore()];
  await run();
  return { took: performance.now() - began, onCore: side.onCore() - onCore };
}

function tasksOf(device: LoadDevice): string {
  const tasks = [...device.held].filter(([name]) => name.startsWith('task/'));
  return tasks
    .map((each) => each.join(' '))
    .toSorted()
    .join('\n');
}

function assertEqual(devices: readonly LoadDevice[]): void {
  const different = new Set(devices.map(tasksOf));
  if (different.size > 1) throw new Error(`devices hold ${String(different.size)} different states`);
}

function assertHolds(device: LoadDevice, tasks: number): void {
  const found = [...device.held.keys()].filter((name) => name.startsWith('task/')).length;
  if (found !== tasks) throw new Error(`${String(found)} tasks instead of ${String(tasks)}`);
}
