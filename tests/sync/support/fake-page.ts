import type { PageSignals } from '../../../src/sync/page-signals.ts';
import type { Why } from '../../../src/sync/schedule.ts';

/** A page that a test can hide and show. */
export class FakePage implements PageSignals {
  #visible = true;
  readonly #reasons = new Set<(why: Why) => void>();
  readonly #visibility = new Set<(visible: boolean) => void>();

  visible(): boolean {
    return this.#visible;
  }
  onReason(listener: (why: Why) => void, signal: AbortSignal): void {
    this.#reasons.add(listener);
    signal.addEventListener('abort', () => this.#reasons.delete(listener));
  }
  onVisibility(listener: (visible: boolean) => void, signal: AbortSignal): void {
    this.#visibility.add(listener);
    signal.addEventListener('abort', () => this.#visibility.delete(listener));
  }
  show(visible: boolean): void {
    this.#visible = visible;
    for (const listener of [...this.#visibility]) listener(visible);
    if (visible) this.happen('foreground');
  }
  happen(why: Why): void {
    for (const listener of [...this.#reasons]) listener(why);
  }
  get listeners(): number {
    return this.#reasons.size + this.#visibility.size;
  }
}
