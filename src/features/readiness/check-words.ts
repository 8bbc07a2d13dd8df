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
  'no-alerts': 'off; this version sends none',
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

/** What to do about it, said to a coordinator. */
export const toDoWords: Readonly<Record<ToDo, string>> = {
  invite: 'Send the invitation again.',
  call: 'Call them: is the phone lost or replaced?',
  print: 'Print the card for them.',
  connect: 'Ask them to open Holdfast once with a network.',
  read: 'Ask them to read their card and say so on Now; or print it for them.',
  reach: 'Ask them to open the team channel and say so on Now.',
  test: 'Ask them to press Test in Settings.',
  install: 'Ask them to install the app.',
  keep: 'Ask them to install the app and press “Ask the browser again” in Settings.',
  free: 'Ask them to delete photos or apps.',
  'set-clock': 'Ask them to set the clock by the network.',
  send: 'Ask them to open Holdfast with a network until all is sent.',
  update: 'Ask them to close Holdfast and open it again with a network.',
};
