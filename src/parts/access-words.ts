import type { AccessLevel } from '../domain/access/access.ts';

/** What each access level is called, and what it lets a person do (protocol.md, Access levels). */
export const accessWords: Readonly<Record<AccessLevel, { readonly label: string; readonly may: string }>> = {
  coordinator: { label: 'Coordinator', may: 'Changes the plan, invites people, activates and runs incidents.' },
  responder: { label: 'Responder', may: 'Reads the plan and every incident, reports on tasks, writes the log.' },
  observer: { label: 'Observer', may: 'Reads the plan and every incident, and changes nothing.' },
  vendor: { label: 'Vendor', may: 'Sees the parts of its own roles only, and reports on those.' },
};
