import type { RoleId } from '../../domain/ids.ts';
import type { PlanHeader } from '../../domain/plan/plan-item.ts';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { FormFrame } from './form-frame.tsx';
import { useItemForm } from './item-form.ts';
import { RoleChecks } from './role-checks.tsx';
import { useSaveEdits, type DraftView } from '../../parts/use-draft.ts';

const shows = [
  ...['title', 'organisation', 'summary', 'scope', 'assumptions', 'commandLocation', 'alternateLocation'],
  ...['commandPhone', 'commandChannel', 'zone', 'currency', 'commandingRole', 'declaredBy', 'approvedBy'],
  ...['recoverySignOff', 'nextReview'],
];

export function HeaderForm({ view, header }: { readonly view: DraftView; readonly header: PlanHeader }) {
  const form = useItemForm(view, header, useSaveEdits(view), 'About this plan: saved in the draft');
  const roles = view.plan.roles.map(({ id, title }) => ({ value: id, label: title }));
  const { value, set, faultAt } = form;
  const oneRole = (field: 'commandingRole' | 'recoverySignOff') => ({
    value: value[field],
    options: roles,
    fault: faultAt(field),
    onValue: (role: RoleId) => set({ [field]: role }),
  });
  const someRoles = (field: 'declaredBy' | 'approvedBy') => ({
    plan: view.plan,
    value: value[field],
    fault: faultAt(field),
    onValue: (chosen: readonly RoleId[]) => set({ [field]: chosen }),
  });
  return (
    <FormFrame
      view={view}
      form={form}
      title="About this plan"
      back={{ href: '/draft', words: 'Change the plan' }}
      shows={shows}
    >
      <TextField label="Title" {...form.text('title')} maxLength={200} />
      <TextField label="Organisation" {...form.text('organisation')} maxLength={200} />
      <TextAreaField label="Summary" rows={5} {...form.text('summary')} />
      <TextAreaField
        label="Scope"
        hint="What the plan covers and what it leaves out"
        rows={5}
        {...form.text('scope')}
      />
      <TextAreaField label="Assumptions" hint="One on each line" rows={6} {...form.lines('assumptions')} />
      <TextField label="Command location" {...form.text('commandLocation')} maxLength={200} />
      <TextField label="Alternate location" {...form.text('alternateLocation', 'optional')} maxLength={200} />
      <TextField label="Command phone" type="tel" {...form.text('commandPhone')} maxLength={200} />
      <TextField label="Command channel" {...form.text('commandChannel', 'optional')} maxLength={200} />
      <TextField label="Time zone" hint="Like Africa/Johannesburg" {...form.text('zone')} maxLength={200} />
      <TextField label="Currency" hint="Its code, like ZAR" {...form.text('currency')} maxLength={3} />
      <SelectField label="Commanding role" {...oneRole('commandingRole')} />
      <RoleChecks legend="May declare an activation" {...someRoles('declaredBy')} />
      <RoleChecks legend="Approve versions and extra resources" {...someRoles('approvedBy')} />
      <SelectField label="Recovery is signed off by" {...oneRole('recoverySignOff')} />
      <TextField label="Next review" type="date" {...form.text('nextReview', 'optional')} />
    </FormFrame>
  );
}
