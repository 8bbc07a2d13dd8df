import type { BundleRow } from './rows.ts';

export type DueIn = { readonly history: number; readonly workspace: string | null };

/** Some change of it waits for a verdict in the history that counts now. */
export function isDue({ bundle, judgedIn }: BundleRow, { history, workspace }: DueIn): boolean {
  return judgedIn !== history && (bundle.workspace === undefined || bundle.workspace === workspace);
}
