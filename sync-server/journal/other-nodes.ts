import type { DeviceId, WorkspaceId } from '../../src/domain/ids.ts';

/** What one server tells the others that work on the same database. All of it is in the database already: it only hurries. */
export type News =
  | {
      readonly tag: 'commit';
      readonly workspace: WorkspaceId;
      /** `seq` before the first change of it. */ readonly after: number;
    }
  | { readonly tag: 'revocation'; readonly device: DeviceId };

/** `missed`: there may have been news that did not arrive. */
export type Heard = News | { readonly tag: 'missed' };

/** Servers that work on the same database. */
export interface OtherNodes {
  /** Neither waits nor fails: news may be lost, and whoever hears of nothing looks for itself. */
  tell(news: News): void;
  listen(listener: (heard: Heard) => void): void;
  close(): Promise<void>;
}
