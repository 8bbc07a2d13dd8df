import type { RoleId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { SelectField } from '../../ui/field.tsx';

/** Narrows the list to one role. */
export function RoleFilter({
  plan,
  value,
  onValue,
}: {
  readonly plan: Plan;
  readonly value: RoleId | '';
  readonly onValue: (role: RoleId | '') => void;
}) {
  return (
    <SelectField
      label="Role"
      value={value}
      options={[
        { value: '', label: 'Every role' },
        ...plan.roles.map(({ id, title }) => ({ value: id, label: title })),
      ]}
      onValue={onValue}
    />
  );
}
