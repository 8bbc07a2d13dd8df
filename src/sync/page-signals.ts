import type { Why } from './schedule.ts';

/** What a page notices of its surroundings; a service worker has none of it. */
export interface PageSignals {
  visible(): boolean;
  /** Called when something makes an attempt worth while, until `signal` aborts. */
  onReason(listener: (why: Why) => void, signal: AbortSignal): void;
  onVisibility(listener: (visible: boolean) => void, signal: AbortSignal): void;
}
