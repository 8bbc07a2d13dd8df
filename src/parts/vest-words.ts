import type { FunctionGroup } from '../domain/plan/plan-item.ts';

/** Colours of the vests in words, as a colour alone tells nobody anything, and nothing on paper (look.md, Measures). */
export const vestWords: Readonly<Record<FunctionGroup, string>> = {
  command: 'black',
  operations: 'red',
  planning: 'blue',
  logistics: 'yellow',
  finance: 'green',
  communications: 'purple',
};
