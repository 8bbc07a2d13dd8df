import type { SyncStatus } from '../domain/ports/sync-status.ts';

export type ApprovalWatch = {
  /** The same calls; what the server says to a sign-in is read on the way. */
  readonly fetch: typeof fetch;
  /** The status with what the server said: while it waits for a coordinator, "offline" would be half of the truth. */
  readonly told: (status: SyncStatus) => SyncStatus;
  /** Called when the server's word changed. */
  readonly subscribe: (onChange: () => void) => () => void;
};

/**
 * Knows whether a coordinator has to approve this device again (docs/protocol-additions.md, Long silence). For pages only: to
 * the engine it is a server that serves later, so that everything is kept and tried again.
 */
export function watchApproval(call: typeof fetch): ApprovalWatch {
  let needed = false;
  let last: { readonly from: SyncStatus; readonly to: SyncStatus } | null = null;
  const listeners = new Set<() => void>();
  return {
    async fetch(input, init) {
      const response = await call(input, init);
      if (!response.url.endsWith('/api/session')) return response;
      const before = needed;
      needed = response.status === 403 && (await codeOf(response)) === 'approval-needed';
      if (needed !== before) for (const listener of [...listeners]) listener();
      return response;
    },
    told(status) {
      if (!needed || status.connection !== 'offline') return status;
      // a screen that asks twice is given the same
      if (last?.from !== status) last = { from: status, to: { ...status, connection: 'needs-approval' } };
      return last.to;
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

async function codeOf(response: Response): Promise<unknown> {
  try {
    return ((await response.clone().json()) as { readonly code?: unknown } | null)?.code;
  } catch {
    return null;
  }
}
