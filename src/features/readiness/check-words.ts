import type { Because, Check, Finding, ToDo } from '../../domain/readiness/findings.ts';
import { millis, type Millis } from '../../domain/time.ts';
import { spanWords } from '../../parts/time-words.ts';

/** Heads of the board's columns. */
export const checkNames: Readonly<Record<Check, string>> = {
  heard: 'Heard from',
  plan: 'Plan',
  card: 'Card read',
  channel: 'Channel',
  test: 'Self-test',
  installed: 'Installed',
  kept: 'Data kept',
  space: 'Free space',
  clock: 'Clock',
  queue: 'All sent',
  app: 'App version',
  alerts: 'Alerts',
};

const fine: Readonly<Record<Check, string>> = {
  heard: 'heard from',
  plan: 'holds the current version',
  card: 'has read the current card',
  channel: 'reached the team channel',
  test: 'passed',
  installed: 'opened as the installed app',
  kept: 'the browser keeps what is saved',
  space: 'enough',
  clock: 'right to the minute',
  queue: 'nothing waited to be sent',
  app: 'the same version as here',
  alerts: 'allowed',
};

const other: Readonly<Record<Exclude<Because, 'fine'>, string>> = {
  silent: 'nothing reported for a week or more',
  'no-report': 'this phone has not reported yet',
  'no-phone': 'no phone is known',
  'never-joined': 'has never joined with a phone',
  'no-plan': 'holds no plan',
  'older-plan': 'holds an older version; the card says the same',
  'older-card': 'holds an older version whose card is not today’s',
  'not-read': 'has not said that the card was read',
  'card-changed': 'the card has changed since it was read',
  'no-role': 'holds no role',
  'not-reached': 'has not said that the team channel was reached',
  'channel-changed': 'the plan names another channel since',
  'long-ago': 'long ago',
  'no-channel': 'the plan names no channel',
  'never-tested': 'was never tested',
  'test-failed': 'the last test failed',
  'in-a-tab': 'opened in a browser tab, which may lose everything',
  'may-be-deleted': 'the browser may delete what is saved',
  'not-said': 'the phone does not say',
  'little-space': 'hardly any space left',
  'wrong-clock': 'the clock is wrong by more than a minute',
  unsent: 'something waited to be sent',
  'older-app': 'runs another version of the app than this device',
  'no-alerts': 'off; reminders come by e-mail only',
};

/** What is known of one check, with its age. */
export function findingWords({ check, because, at }: Finding, now: Millis): string {
  const words = because === 'fine' ? fine[check] : other[because];
  return at === null ? words : `${words}, ${ageWords(millis(at), now)}`;
}

/** `3 d ago`. */
function ageWords(at: Millis, now: Millis): string {
  const span = now - at;
  return span < 60_000 ? 'just now' : `${spanWords(span)} ago`;
}

/** What to do about it: said to a coordinator of somebody else, by name, and to oneself (null) as what one does. */
export function toDoWords(todo: ToDo, name: string | null): string {
  return name === null ? ownToDo[todo] : toDoOf(todo, name);
}

const ownToDo: Readonly<Record<ToDo, string>> = {
  invite: 'Join with your code.',
  call: 'Tell a coordinator if the phone is lost or replaced.',
  print: 'Print your card.',
  connect: 'Keep Holdfast open with a network until the plan has come.',
  read: 'Read your card and say so on Now.',
  reach: 'Open the team channel and say so on Now.',
  test: 'Press Test in Settings.',
  install: 'Install the app.',
  keep: 'Install the app and press “Ask the browser again” in Settings.',
  free: 'Delete photos or apps.',
  'set-clock': 'Set the clock by the network.',
  send: 'Keep Holdfast open with a network until all is sent.',
  update: 'Close Holdfast and open it again with a network.',
};

function toDoOf(todo: ToDo, name: string): string {
  switch (todo) {
    case 'invite':
      return `Send ${name} the invitation again.`;
    case 'call':
      return `Call ${name}: is the phone lost or replaced?`;
    case 'print':
      return `Print the card for ${name}.`;
    case 'read':
      return `Ask ${name} to read the card and say so on Now; or print it for them.`;
    default:
      return `Ask ${name} to ${asked[todo]}.`;
  }
}

const asked: Readonly<Record<Exclude<ToDo, 'invite' | 'call' | 'print' | 'read'>, string>> = {
  connect: 'open Holdfast once with a network',
  reach: 'open the team channel and say so on Now',
  test: 'press Test in Settings',
  install: 'install the app',
  keep: 'install the app and press “Ask the browser again” in Settings',
  free: 'delete photos or apps',
  'set-clock': 'set the clock by the network',
  send: 'open Holdfast with a network until all is sent',
  update: 'close Holdfast and open it again with a network',
};
