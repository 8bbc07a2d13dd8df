import { useState } from 'react';
import { useLocation } from 'wouter';
import type { PhaseId, RoleId, TaskCode } from '../../domain/ids.ts';
import { freeTaskCode, lastOrder, withoutTask } from '../../domain/plan/draft-edits.ts';
import type { Task } from '../../domain/plan/plan-item.ts';
import { CheckField, SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import { planMinutes } from '../../parts/time-words.ts';
import { FormFrame } from './form-frame.tsx';
import { useItemForm, type ItemForm } from './item-form.ts';
import { RoleChecks } from './role-checks.tsx';
import { unsalted } from '../../domain/plan/unsalted.ts';
import { useSaveEdits, type DraftView } from '../../parts/use-draft.ts';

const shows = [
  ...['id', 'title', 'phase', 'owner', 'target', 'critical', 'detail', 'steps', 'completionTest', 'dependsOn'],
  'supporting',
];

/** A task of the draft, or a new one: a new one has no place in it yet, and its code can still be chosen. */
export function TaskForm({
  view,
  task,
  isNew,
}: {
  readonly view: DraftView;
  readonly task: Task;
  readonly isNew: boolean;
}) {
  const saveEdits = useSaveEdits(view);
  const form = useItemForm(view, task, saveEdits, `${task.id}: saved in the draft`, isNew);
  const [, goTo] = useLocation();
  const { plan } = view;
  const { value, set, faultAt } = form;
  const back = { href: `/draft/phase/${task.phase}`, words: plan.phaseById.get(task.phase)?.title ?? 'Tasks' };
  const remove = async () => {
    const others = withoutTask(view.items, task.id);
    const also =
      others.length === 0
        ? ''
        : `; ${others.length} ${others.length === 1 ? 'item that names' : 'items that name'} it changed too`;
    const saved = await saveEdits(
      [
        { section: 'task', id: task.id, item: null },
        ...others.map((item) => ({ section: item.section, id: item.id, item })),
      ],
      `${task.id} removed from the draft${also}`,
      { undo: true },
    );
    if (saved) goTo(back.href);
  };
  return (
    <FormFrame
      view={view}
      form={form}
      title={isNew ? 'Add a task' : `${task.id} ${task.title}`}
      back={back}
      shows={shows}
      {...(isNew ? {} : { remove: { words: 'Remove this task', onPress: () => void remove() } })}
    >
      {isNew ? (
        <TextField
          label="Code"
          hint="As it is said over a radio; it can’t be changed later"
          maxLength={64}
          autoComplete="off"
          {...form.text('id')}
        />
      ) : null}
      <TextField label="Title" hint="Verb and object" maxLength={200} {...form.text('title')} />
      <SelectField
        label="Phase"
        value={value.phase}
        options={plan.phases.map(({ id, title }) => ({ value: id, label: title }))}
        fault={faultAt('phase')}
        onValue={(phase) => set({ phase })}
      />
      <SelectField
        label="Owner"
        value={value.owner}
        options={plan.roles.map(({ id, title }) => ({ value: id, label: title }))}
        fault={faultAt('owner')}
        onValue={(owner) => set({ owner })}
      />
      <RoleChecks
        plan={plan}
        legend="Supporting roles"
        value={value.supporting}
        fault={faultAt('supporting')}
        onValue={(supporting) => set({ supporting })}
      />
      <TargetField form={form} />
      <CheckField label="Critical" checked={value.critical} onChecked={(critical) => set({ critical })} />
      <TextAreaField label="Detail" rows={4} {...form.text('detail', 'optional')} />
      <TextAreaField label="Steps" hint="One on each line" rows={6} {...form.lines('steps')} />
      <TextAreaField label="Done when" hint="How one knows that it is done" {...form.text('completionTest')} />
      <WaitsForField view={view} form={form} />
    </FormFrame>
  );
}

/** Hours and minutes after activation. */
function TargetField({ form }: { readonly form: ItemForm<Task> }) {
  const { target } = form.value;
  const [hours, setHours] = useState(String(Math.floor(target / 60)));
  const [minutes, setMinutes] = useState(String(target % 60));
  const type = (nextHours: string, nextMinutes: string) => {
    setHours(nextHours);
    setMinutes(nextMinutes);
    form.set({ target: Number(nextHours || '0') * 60 + Number(nextMinutes || '0') });
  };
  const fault = form.faultAt('target');
  return (
    <ActionRow broad>
      <TextField
        label="Target, hours"
        hint={`Within ${Number.isInteger(target) ? planMinutes(target) : '…'} of activation`}
        inputMode="numeric"
        value={hours}
        fault={fault}
        onValue={(typed) => type(typed, minutes)}
      />
      <TextField label="and minutes" inputMode="numeric" value={minutes} onValue={(typed) => type(hours, typed)} />
    </ActionRow>
  );
}

/** Codes, typed as they are said; the titles below tell whether they are the right ones. */
function WaitsForField({ view, form }: { readonly view: DraftView; readonly form: ItemForm<Task> }) {
  const [typed, setTyped] = useState(form.value.dependsOn.join(', '));
  const titles = form.value.dependsOn.flatMap((code) => {
    const task = view.plan.taskByCode.get(code);
    return task === undefined ? [] : [`${code} ${task.title}`];
  });
  const read = (text: string) => {
    setTyped(text);
    const codes = text.split(/[\s,;]+/).filter((each) => each !== '');
    const known = codes.map(
      (code) => view.plan.tasks.find(({ id }) => id.toLowerCase() === code.toLowerCase())?.id ?? (code as TaskCode),
    );
    form.set({ dependsOn: [...new Set(known)] });
  };
  return (
    <TextField
      label="Waits for"
      hint={titles.length === 0 ? 'Codes of tasks that must be done first, like IT-01, IT-02' : titles.join('; ')}
      autoComplete="off"
      value={typed}
      fault={form.faultAt('dependsOn')}
      onValue={read}
    />
  );
}

/** A task that is not in the plan yet, last in its phase, with the code that its first owner would give it. */
export function newTask(view: DraftView, phase: PhaseId): Task {
  const { plan } = view;
  const inPhase = plan.tasksByPhase.get(phase) ?? [];
  const owner = inPhase.at(-1)?.owner ?? plan.header?.commandingRole ?? plan.roles[0]?.id ?? ('' as RoleId);
  return {
    section: 'task',
    id: freeTaskCode(plan, owner) as TaskCode,
    order: lastOrder(inPhase),
    salt: unsalted,
    phase,
    title: '',
    owner,
    supporting: [],
    dependsOn: [],
    target: plan.phaseById.get(phase)?.to ?? 0,
    steps: [],
    completionTest: '',
    resources: [],
    critical: false,
  };
}
