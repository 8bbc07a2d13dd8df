import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../src/domain/plan/decode-utf8.ts';
import { readPlanFile, writePlanFile, type PlanFile } from '../../../src/domain/plan/plan-file.ts';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import { validatePlan } from '../../../src/domain/plan/validate-plan.ts';
import { utf8 } from '../../../src/domain/sync/hash.ts';
import type { Json } from '../../../src/domain/json.ts';
import * as make from '../../support/plan-items.ts';

const builtIn = readFileSync(
  new URL('../../../src/app/plans/online-marketplace-recovery.json', import.meta.url),
  'utf8',
);

type LooseItem = Record<string, unknown>;
type LooseFile = { number: unknown; items: LooseItem[]; withheld: unknown };

/** The small plan as a file, after `change` spoilt it. */
function spoilt(change: (file: LooseFile, find: (id: string) => LooseItem) => void): string {
  const version = structuredClone(make.versionOf(make.smallPlanItems()));
  const file = { format: 'holdfast-plan/1', ...version } as unknown as LooseFile;
  change(file, (id) => file.items.find((each) => each['id'] === id) ?? {});
  return JSON.stringify(file);
}

function faultsOf(file: string | Uint8Array): readonly string[] {
  const read = readPlanFile(file);
  return read.ok ? [] : read.error.map(({ path, words }) => (path === '' ? words : `${path}: ${words}`));
}

const place = (id: string) => make.smallPlanItems().findIndex((each) => each.id === id);

describe('reading a plan file', () => {
  it('[PLAN-FILE] reads the built-in plan whole, from text and from bytes', () => {
    const read = readPlanFile(builtIn);
    const bytes = readPlanFile(utf8(`\uFEFF${builtIn}`));
    if (!read.ok || !bytes.ok) throw new Error('the built-in plan must be readable');
    expect(read.value.items.length).toBe((JSON.parse(builtIn) as PlanFile).items.length);
    expect(planHash(bytes.value)).toBe(planHash(read.value));
  });

  it('[PLAN-FILE] names every fault at once, each by its path and in words', () => {
    const file = spoilt((all, find) => {
      all.number = 0.5;
      find('IT-01')['owner'] = 'itt';
      find('IT-02')['title'] = '';
      find('IT-02')['dependsOn'] = ['IT-1', 'IT-09'];
      find('LD-01')['phase'] = 'secnd';
      find('LD-01')['resources'] = ['van'];
      find('LD-01')['systems'] = ['ledger'];
      find('lead')['holders'] = [{ kind: 'person', name: 'A', contact: 'nobody' }];
      delete find('it')['mission'];
    });
    expect(faultsOf(file)).toEqual([
      'number: must be a whole number',
      `items[${place('lead')}].holders[0].contact: no contact "nobody"`,
      `items[${place('it')}].mission: is missing`,
      `items[${place('IT-01')}].owner: no role "itt"; did you mean "it"?`,
      `items[${place('IT-02')}].title: must not be empty`,
      `items[${place('IT-02')}].dependsOn[0]: no task "IT-1"; did you mean "IT-01"?`,
      `items[${place('IT-02')}].dependsOn[1]: no task "IT-09"; did you mean "IT-01"?`,
      `items[${place('LD-01')}].phase: is in no phase: no phase "secnd"; did you mean "second"?`,
      `items[${place('LD-01')}].resources[0]: no resource "van"`,
      `items[${place('LD-01')}].systems[0]: no system "ledger"`,
    ]);
  });

  it('[PLAN-FILE] takes nothing of a file that has one fault', () => {
    const read = readPlanFile(spoilt((_, find) => (find('IT-01')['owner'] = 'itt')));
    expect(read).toMatchObject({ ok: false });
    expect('value' in read).toBe(false);
  });

  it('[PLAN-FILE] says in words what kind of value a field must have', () => {
    const file = spoilt((_, find) => {
      Object.assign(find('IT-01'), { target: -1, steps: 'mount', critical: 'yes', owner: 7, order: null });
      find('team')['vest'] = 'comand';
      find('first')['to'] = 1e9;
      find('lead')['section'] = 'rol';
      find('plan')['zone'] = 'Africa/Johanesburg';
    });
    expect(faultsOf(file)).toEqual(
      expect.arrayContaining([
        `items[${place('IT-01')}].target: must not be negative`,
        `items[${place('IT-01')}].steps: must be a list`,
        `items[${place('IT-01')}].critical: must be true or false`,
        `items[${place('IT-01')}].owner: must be text`,
        `items[${place('IT-01')}].order: must be a number`,
        `items[${place('team')}].vest: must be one of command, operations, planning, logistics, finance, communications; did you mean "command"?`,
        `items[${place('first')}].to: is longer than a year`,
        `items[0].zone: no time zone "Africa/Johanesburg"; it must be one like Africa/Johannesburg`,
      ]),
    );
    expect(faultsOf(file).some((line) => line.endsWith('did you mean "role"?'))).toBe(true);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('[PLAN-FILE] refuses the field name %s anywhere', (name) => {
    const file = spoilt(() => {}).replace(
      '"title":"Phase first"',
      `"title":"Phase first","more":[{"${name}":{"admin":true}}]`,
    );
    expect(faultsOf(file)).toEqual([`items[${place('first')}].more[0].${name}: a field may not be named ${name}`]);
    expect(({} as LooseItem)['admin']).toBeUndefined();
  });

  it('[PLAN-FILE] refuses what is not JSON, not text, no plan, or of a later form', () => {
    expect(faultsOf('{"format":')[0]).toMatch(/^the file is not JSON: /);
    expect(faultsOf('')[0]).toMatch(/^the file is not JSON: /);
    expect(faultsOf(new Uint8Array([0x7b, 0xff, 0x7d]))).toEqual(['the file is not text in UTF-8']);
    expect(faultsOf('[]')[0]).toMatch(/^this is no plan file/);
    expect(faultsOf('{"format":"tasks/1"}')).toEqual(['format: must be "holdfast-plan/1"']);
    expect(faultsOf('{"format":"holdfast-plan/2"}')[0]).toMatch(/^format: is holdfast-plan\/2, written by a newer/);
    expect(faultsOf('{"format":"holdfast-plan/1"}')).toEqual([
      'plan: is missing',
      'number: is missing',
      'author: is missing',
      'withheld: is missing',
      'items: is missing',
    ]);
  });

  it('[PLAN-FILE] refuses a file over 6 MiB of UTF-8 bytes, and reads one of just that', () => {
    const most = 6 * 1024 * 1024;
    const short = spoilt(() => {});
    expect(faultsOf(short.padEnd(most, ' '))).toEqual([]);
    expect(faultsOf(short.padEnd(most + 1, ' '))).toEqual(['the file is larger than 6 MiB']);
    // Each of these letters takes three bytes.
    expect(faultsOf('€'.repeat(most / 3 + 1))).toEqual(['the file is larger than 6 MiB']);
    expect(faultsOf(new Uint8Array(most + 1))).toEqual(['the file is larger than 6 MiB']);
  });

  it('[PLAN-FILE] refuses an item that could not be kept as a draft (64 KiB)', () => {
    const file = spoilt((_, find) => (find('IT-01')['steps'] = Array.from({ length: 70 }, () => 'x'.repeat(1000))));
    expect(faultsOf(file)[0]).toMatch(/^items\[\d+\]: has \d+ bytes; one item may have 65536$/);
  });

  it('[PLAN-FILE] refuses nesting without end before it could exhaust the stack', () => {
    const deep = `{"format":"holdfast-plan/1","items":${'['.repeat(1_000_000)}`;
    expect(faultsOf(deep)).toEqual(['the file is nested deeper than 32 levels']);
    const brackets = spoilt((_, find) => (find('IT-01')['title'] = '[{'.repeat(40) + '"\\'));
    expect(faultsOf(brackets)).toEqual([]);
  });

  it('[PLAN-FILE] refuses numbers and texts that can not be hashed', () => {
    const far = spoilt(() => {}).replace('"title":"Phase first"', '"title":"Phase first","weight":1e999');
    expect(faultsOf(far)).toEqual([`items[${place('first')}].weight: is too large a number`]);
    const broken = spoilt(() => {}).replace('Phase first', 'Phase \\ud83d');
    expect(faultsOf(broken)).toEqual([`items[${place('first')}].title: has a broken character`]);
    expect(faultsOf(spoilt((_, find) => (find('first')['title'] = 'Phase 🔥')))).toEqual([]);
  });
});

describe('a hostile plan file', () => {
  it('[SEC-14] of hundreds of thousands of empty items is refused as a whole, not item by item', () => {
    const items = Array.from({ length: 500_000 }, () => '{}').join(',');
    const file = `{"format":"holdfast-plan/1","plan":"p","number":1,"author":null,"withheld":[],"items":[${items}]}`;
    const read = readPlanFile(file);
    expect(read.ok ? [] : read.error.map(({ tag, path }) => [tag, path])).toEqual([['too-large', 'items']]);
  });
});

describe('the rules of a plan', () => {
  it('[PLAN-FILE] names a cycle in the dependencies by its codes', () => {
    const file = spoilt((_, find) => (find('IT-01')['dependsOn'] = ['LD-01']));
    expect(faultsOf(file)).toEqual([
      `items[${place('IT-01')}].dependsOn: tasks wait for each other: IT-01 → LD-01 → IT-02 → IT-01`,
    ]);
    expect(faultsOf(spoilt((_, find) => (find('IT-01')['dependsOn'] = ['IT-01'])))).toEqual([
      `items[${place('IT-01')}].dependsOn: waits for itself`,
    ]);
  });

  it('[PLAN-FILE] names cycles of superiors and of systems', () => {
    const file = spoilt((all, find) => {
      find('lead')['reportsTo'] = 'it';
      all.items.push(make.system('a', { dependsOn: ['b'] }), make.system('b', { dependsOn: ['a'] }));
    });
    expect(faultsOf(file)).toEqual([
      `items[${place('lead')}].reportsTo: roles report to each other: lead → it → lead`,
      'items[11].dependsOn: systems depend on each other: a → b → a',
    ]);
  });

  it('[PLAN-FILE] refuses a code or id that is taken, capitals not counting in codes', () => {
    const file = spoilt((all) => {
      all.items.push(make.task('it-02'), make.role('it'));
    });
    expect(faultsOf(file)).toEqual([
      `items[11].id: the task code "it-02" is already taken by items[${place('IT-02')}]`,
      `items[12].id: the role id "it" is already taken by items[${place('it')}]`,
    ]);
  });

  it('[PLAN-FILE] refuses windows that end before they begin, milestones that lead to nothing, and a missing header', () => {
    const file = spoilt((all, find) => {
      find('first')['to'] = 0;
      find('restored')['tasks'] = [];
      all.items.push(
        make.procedure('talk', { cadence: [{ from: 60, to: 30, every: 10, audience: 'All', channel: 'Chat' }] }),
      );
      all.items.splice(0, 1);
    });
    expect(faultsOf(file)).toEqual([
      `items[${place('first') - 1}].to: must end after it begins: from minute 0 to minute 0`,
      `items[${place('restored') - 1}].tasks: leads to nothing: name the tasks or the phase that reach it`,
      'items[10].cadence[0].to: must end after it begins: from minute 60 to minute 30',
      'items: the plan has no header (section "header", id "plan"): title, organisation and commanding role are missing',
    ]);
  });

  it('[PLAN-FILE] refuses template placeholders that the app can not fill, and template ids used twice', () => {
    const template = (id: string, body: string, subject = 'x') => ({
      id,
      title: 'T',
      audience: 'All',
      channel: 'Mail',
      subject,
      body,
    });
    const file = spoilt((all) =>
      all.items.push(
        make.procedure('talk', {
          templates: [
            template('a', 'At {{ now }} {{nextupdate}}', '{{incident}'),
            template('a', 'Fine {{organisation}}'),
          ],
        }),
      ),
    );
    expect(faultsOf(file)).toEqual([
      'items[11].templates[0].subject: has braces that do not belong together: a placeholder is written {{incident}}',
      'items[11].templates[0].body: no placeholder {{nextupdate}}; did you mean "nextUpdate"?',
      'items[11].templates[1].id: the template id "a" is used twice in this procedure',
    ]);
  });

  it('[PLAN-FILE] tells an editor the item of each fault', () => {
    const items = make.smallPlanItems().map((each) => (each.id === 'IT-02' ? { ...each, owner: 'itt' } : each));
    expect(validatePlan(items as unknown as readonly Json[])).toEqual([
      {
        tag: 'unknown-reference',
        path: `items[${place('IT-02')}].owner`,
        item: { section: 'task', id: 'IT-02' },
        words: 'no role "itt"; did you mean "it"?',
      },
    ]);
  });

  it("[PLAN-FILE] takes a vendor's copy, whose references lead to what was withheld", () => {
    const file = spoilt((all) => {
      all.items = all.items.filter((each) => each['id'] === 'IT-02');
      all.withheld = ['a'.repeat(64)];
    });
    expect(faultsOf(file)).toEqual([]);
    expect(faultsOf(spoilt((all) => (all.withheld = ['A'])))).toEqual([
      'withheld[0]: must be a SHA-256 in lower-case hex',
    ]);
  });
});

describe('writing a plan file', () => {
  const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
  const task = fc.record({
    title: text,
    detail: fc.option(fc.string({ maxLength: 200, unit: 'grapheme' }), { nil: undefined }),
    target: fc.integer({ min: 0, max: 525_600 }),
    steps: fc.array(text, { maxLength: 4 }),
    order: fc.double({ noNaN: true, noDefaultInfinity: true }),
    critical: fc.boolean(),
    laterField: fc.jsonValue({ maxDepth: 3 }),
  });

  it('[PLAN-FILE] gives back the same plan, unknown fields and hash included, for any texts', () => {
    fc.assert(
      fc.property(fc.array(task, { maxLength: 8 }), fc.integer({ min: 1, max: 9999 }), (tasks, number) => {
        fc.pre(!/__proto__|constructor|prototype|-0\b/.test(JSON.stringify(tasks)));
        const items = [
          ...make.smallPlanItems(),
          ...tasks.map((fields, at) => make.task(`GEN-${at}`, JSON.parse(JSON.stringify(fields)) as object)),
        ];
        const file = { ...make.versionOf(items, { number }), laterField: 'kept' };
        const read = readPlanFile(writePlanFile(file));
        expect(read).toEqual({ ok: true, value: file });
        expect(read.ok && planHash(read.value)).toBe(planHash(file));
      }),
      { seed: 20_261_123, numRuns: 100 },
    );
  });

  it('[SEC-14] thousands of unknown names of sixty letters are told one by one, and none is guessed at', () => {
    const id = (at: number) => `${'T'.repeat(54)}${String(at).padStart(6, '0')}`;
    const tasks = Array.from({ length: 2000 }, (_, at) => make.task(id(at), { dependsOn: [id(90_000 + at)] }));
    const file = make.versionOf([...make.smallPlanItems(), ...tasks]);
    const began = performance.now();
    const read = readPlanFile(JSON.stringify({ format: 'holdfast-plan/1', ...file }));
    expect(performance.now() - began).toBeLessThan(20_000);
    if (read.ok) throw new Error('it was taken');
    expect(JSON.stringify(read.error)).toContain(id(90_000));
    expect(JSON.stringify(read.error)).not.toContain('did you mean');
  });

  it('[PLAN-FILE] decodes UTF-8 as strictly as the standard asks', () => {
    // The bytes at which the rules of the standard change.
    const edges = '00 41 7f 80 8f 90 9f a0 bb bf c0 c1 c2 df e0 e2 ed ee ef f0 f1 f3 f4 f5 ff'.split(' ');
    const byte = fc.constantFrom(...edges.map((each) => Number.parseInt(each, 16)));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 5 }), (picked) => {
        const bytes = Uint8Array.from(picked);
        let expected: string | null;
        try {
          expected = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        } catch {
          expected = null;
        }
        expect(decodeUtf8(bytes)).toBe(expected);
      }),
      { seed: 20_261_123, numRuns: 20_000 },
    );
    const long = 'aé€🔥'.repeat(5000);
    expect(decodeUtf8(utf8(long))).toBe(long);
  });
});
