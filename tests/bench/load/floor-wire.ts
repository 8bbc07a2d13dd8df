import type { Change } from '../../../src/domain/sync/protocol.ts';

/** What is said with the floor: a batch, and the cursor that a page is to follow. */
export type FloorRequest = {
  readonly changes: readonly Pick<Change, 'id' | 'kind' | 'key' | 'stamp' | 'value'>[];
  readonly cursor: number;
  readonly limit: number;
};

export type FloorRecord = {
  readonly key: string;
  readonly seq: number;
  readonly change: string;
  readonly stamp: string;
  readonly value: unknown;
};

export type FloorReply = {
  readonly records: readonly FloorRecord[];
  readonly cursor: number;
  readonly more: boolean;
};
