import type { PlanItem, PlanSection } from '../../domain/plan/plan-item.ts';

/** What one item of a section is called. */
export const sectionWords: Readonly<Record<PlanSection, string>> = {
  header: 'About this plan',
  risk: 'Risk',
  objective: 'Objective',
  criterion: 'Activation criterion',
  system: 'System',
  group: 'Group of roles',
  role: 'Role',
  contact: 'Contact',
  procedure: 'Communication procedure',
  phase: 'Phase',
  task: 'Task',
  milestone: 'Milestone',
  resource: 'Resource',
};

/** How an item is named in a list: `IT-07 Restore the order database`. */
export function itemTitle(item: PlanItem): string {
  switch (item.section) {
    case 'task':
      return `${item.id} ${item.title}`;
    case 'system':
    case 'group':
    case 'contact':
    case 'resource':
      return item.name;
    default:
      return item.title;
  }
}

/** Sections that have a form; the others come with the plan file. */
export const editable: ReadonlySet<PlanSection> = new Set<PlanSection>(['header', 'role', 'contact', 'task']);
