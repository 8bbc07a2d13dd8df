import type { BundleRow } from './rows.ts';

export type DueIn = { readonly history: number; readonly workspace: string | null };

/** Some change of it waits for a verdict in the history that counts now. */
export function isDue({ bundle, judgedIn }: BundleRow, { history, workspace }: DueIn): boolean {
  return judgedIn !== history && (bundle.workspace === undefined || bundle.workspace === workspace);
}

/** How many changes of it wait for a verdict without a place in the outbox. */
export function waitingRivals({ judgedIn, rivals = [] }: BundleRow): number {
  return judgedIn === null ? rivals.length : 0;
}
