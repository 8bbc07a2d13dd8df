import { reminderPath } from './reminder-path.ts';
import { reminderPoints, type ReminderPoint } from './reminder.ts';

/** Said to the person themself; no name, no number and nothing of the plan stands in it. */
const pointWords: Readonly<Record<ReminderPoint, string>> = {
  join: 'Join with the code that your coordinator gave you. If it is gone, ask for a new one.',
  open: 'Open Holdfast once with a network, so that your phone can report.',
  plan: 'Open Holdfast with a network and wait until it holds the current plan.',
  card: 'Read your role card and confirm it on Now.',
  channel: 'Open your team channel and confirm it on Now.',
  test: 'Test your phone: Settings, then “Test this phone”.',
  install: 'Install the app: Settings, then “Install the app”.',
  keep: 'Install the app, and let the browser keep its data: Settings.',
  free: 'Make room on your phone: delete photos or apps.',
  'set-clock': 'Let the network set the clock of your phone.',
  send: 'Open Holdfast with a network until all is sent.',
  update: 'Close Holdfast and open it again with a network, to get its current version.',
};

/** Where there is room for a few words of each. */
const shortWords: Readonly<Record<ReminderPoint, string>> = {
  join: 'join with your code',
  open: 'open Holdfast with a network',
  plan: 'get the current plan',
  card: 'read your card',
  channel: 'reach your team channel',
  test: 'test your phone',
  install: 'install the app',
  keep: 'let the browser keep its data',
  free: 'make room on your phone',
  'set-clock': 'set the clock',
  send: 'send what waits',
  update: 'get the current version',
};

export type ReminderText = { readonly title: string; readonly body: string };

/** The whole of a reminder by mail: plain text, nothing but fixed words and the app's own address. */
export function reminderText(points: readonly ReminderPoint[], origin: string): ReminderText {
  const steps = inOrder(points).map((point, at) => `${String(at + 1)}. ${pointWords[point]}`);
  const body = [
    'Hello,',
    'your phone is not ready for an emergency yet. Please do this:',
    ...steps,
    `Open Holdfast: ${origin}${reminderPath}`,
    'A coordinator of your team sent this reminder with Holdfast. It never asks for a code or a password; please don’t reply to it.',
  ];
  return { title: 'Holdfast: your phone is not ready yet', body: body.join('\n\n') };
}

/** The same as a notification. */
export function reminderNotice(points: readonly ReminderPoint[]): ReminderText {
  return { title: 'Your phone is not ready yet', body: `Please ${pointsInShort(points)}.` };
}

/** `read your card, test your phone`. */
export function pointsInShort(points: readonly ReminderPoint[]): string {
  return inOrder(points)
    .map((point) => shortWords[point])
    .join(', ');
}

function inOrder(points: readonly ReminderPoint[]): readonly ReminderPoint[] {
  return reminderPoints.filter((point) => points.includes(point));
}
