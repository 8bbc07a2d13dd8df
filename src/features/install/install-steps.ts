import type { System } from './system.ts';

/** What a person presses, in order, as the browsers' menus call it. */
export const installSteps: Readonly<Record<System, { readonly title: string; readonly steps: readonly string[] }>> = {
  android: {
    title: 'Android phone or tablet',
    steps: [
      'Open this address in Chrome, Edge, Samsung Internet or Firefox.',
      'Press the menu of the browser (⋮ or ≡).',
      'Choose “Install app” or “Add to Home screen”, then “Install”.',
      'Open Holdfast from the home screen. What you joined in the browser is there already.',
      'Switch on flight mode and open it again: it must open.',
    ],
  },
  apple: {
    title: 'iPhone or iPad',
    steps: [
      'Open this address in Safari. Do not join yet: your code works once.',
      'Press Share (the square with the arrow up).',
      'Choose “Add to Home Screen”, then “Add”.',
      'Open Holdfast from the Home Screen.',
      'Now join there: press “Join with a code or link” and type or paste your code.',
      'Switch on flight mode and open it again: it must open.',
    ],
  },
  desktop: {
    title: 'Computer',
    steps: [
      'Chrome or Edge: press the install sign at the right end of the address bar, or choose “Install” in the menu.',
      'Safari on a Mac: choose File › Add to Dock, open it from the Dock, and join there: it starts empty.',
      'Firefox does not install apps everywhere: keep this page open in a tab, or use Chrome or Edge.',
      'Open Holdfast once without a network: it must open.',
    ],
  },
};
