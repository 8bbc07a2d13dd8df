import { logTypes, type LogType } from '../../domain/incident/incident.ts';
import type { RoleId, TaskCode } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { logTypeWords } from '../../parts/status-words.ts';
import { SelectField } from '../../ui/field.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import type { LogFilter } from './log-filter.ts';
import styles from './log-filters.module.css';

type LogFiltersProps = {
  readonly plan: Plan;
  readonly value: LogFilter;
  readonly onType: (type: LogType | 'all') => void;
  readonly onRole: (role: RoleId | '') => void;
  readonly onTask: (task: TaskCode | '') => void;
};

export function LogFilters({ plan, value, onType, onRole, onTask }: LogFiltersProps) {
  return (
    <div className={styles.filters}>
      <FilterChips
        label="Kind of entry"
        value={value.type}
        chips={[
          { value: 'all', label: 'All' },
          ...logTypes.map((type) => ({ value: type, label: logTypeWords[type] })),
        ]}
        onValue={onType}
      />
      <details className={styles.more} open={value.role !== '' || value.task !== ''}>
        <summary>By role or task</summary>
        <div className={styles.pair}>
          <SelectField
            label="Role"
            value={value.role}
            options={[
              { value: '', label: 'Every role' },
              ...plan.roles.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onValue={onRole}
          />
          <SelectField
            label="Task"
            value={value.task}
            options={[
              { value: '', label: 'Every task' },
              ...plan.tasks.map(({ id, title }) => ({ value: id, label: `${id} ${title}` })),
            ]}
            onValue={onTask}
          />
        </div>
      </details>
    </div>
  );
}
