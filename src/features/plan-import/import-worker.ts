import { assemble } from '../../domain/import/assemble.ts';
import { correct, noCorrections, type Corrections } from '../../domain/import/correct.ts';
import { labelLines } from '../../domain/import/label-lines.ts';
import type { Labelling } from '../../domain/import/meaning.ts';
import { planItemsFrom, type ImportPlace } from '../../domain/import/plan-items-from.ts';
import type { UnderstoodPlan } from '../../domain/import/understood.ts';
import type { PlanId } from '../../domain/ids.ts';
import type { Json } from '../../domain/json.ts';
import { freeId } from '../../domain/plan/draft-edits.ts';
import type { PlanFault } from '../../domain/plan/plan-fault.ts';
import { validatePlan } from '../../domain/plan/validate-plan.ts';
import { utf8Length } from '../../domain/sync/hash.ts';
import { limits } from '../../domain/sync/limits.ts';
import type { ImportReply, ImportRequest, MadeItems } from './import-messages.ts';
import { readDocument } from './read-document.ts';

/* Reads and understands one document beside the page, which stays responsive meanwhile. Ended from outside: it keeps nothing. */

let labelling: Labelling | null = null;
let plan: UnderstoodPlan | null = null;

addEventListener('message', ({ data }: MessageEvent<ImportRequest>) => {
  answer(data).catch((reason: unknown) =>
    // a promise that fails is no error of a worker: the page would wait for ever
    setTimeout(() => {
      throw reason;
    }),
  );
});

async function answer(request: ImportRequest): Promise<void> {
  if (request.tag === 'read') {
    const read = await readDocument(request.given);
    if (!read.ok) return say({ tag: 'fault', fault: read.error });
    say({ tag: 'stage', lines: read.value.length });
    labelling = labelLines(read.value);
    return understand(labelling, noCorrections);
  }
  if (labelling === null || plan === null) return;
  if (request.tag === 'correct') return understand(labelling, request.corrections);
  say({ tag: 'items', ...made(plan, request.place) });
}

function understand(found: Labelling, corrections: Corrections): void {
  const corrected = correct(found, corrections);
  plan = assemble(corrected);
  say({ tag: 'understood', understanding: { ...corrected, plan } });
}

function made(understood: UnderstoodPlan, place: ImportPlace): MadeItems {
  const items = planItemsFrom(understood, place);
  const changed = new Map(items.map((item) => [`${item.section}/${item.id}`, item]));
  const whole = [...place.items.filter(({ section, id }) => !changed.has(`${section}/${id}`)), ...items];
  const faults = validatePlan(whole as unknown as readonly Json[]);
  const isTooLarge = whole.length > limits.planItems || utf8Length(JSON.stringify(whole)) > limits.planVersionBytes;
  return {
    plan: freeId(understood.title ?? 'plan', new Set()) as PlanId,
    items,
    faults: isTooLarge ? [...faults, tooLarge] : faults,
  };
}

const tooLarge: PlanFault = {
  tag: 'too-large',
  path: '',
  item: null,
  words: 'it makes a larger plan than can be sent',
};

function say(reply: ImportReply): void {
  postMessage(reply);
}
