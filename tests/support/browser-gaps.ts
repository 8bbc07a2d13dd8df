import { configure } from '@testing-library/react';

// A screen's code and its first read from the database take their time on a busy machine.
configure({ asyncUtilTimeout: 40_000 });

/*
 * What jsdom lacks of a browser and the screens need. Sizes are those of a phone, so that lists which draw only what is in
 * sight draw something.
 */

HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
  this.setAttribute('open', '');
  this.querySelector<HTMLElement>('button, textarea, input, select')?.focus();
};
HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement) {
  this.removeAttribute('open');
};

const screenWidth = 360;
const screenHeight = 740;
const rowHeight = 88;

for (const [name, value] of [
  ['offsetWidth', screenWidth],
  ['clientWidth', screenWidth],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
}
for (const name of ['offsetHeight', 'clientHeight'] as const) {
  Object.defineProperty(HTMLElement.prototype, name, {
    configurable: true,
    get(this: HTMLElement) {
      return this.dataset['index'] === undefined ? screenHeight : rowHeight;
    },
  });
}
Object.defineProperty(HTMLElement.prototype, 'offsetParent', {
  configurable: true,
  get(this: HTMLElement) {
    return this.parentElement;
  },
});
HTMLElement.prototype.scrollTo = () => undefined;
HTMLElement.prototype.scrollIntoView = () => undefined;

globalThis.ResizeObserver = class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
