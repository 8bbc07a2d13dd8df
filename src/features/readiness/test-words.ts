import { unreachable } from '../../domain/result.ts';
import type { SelfTestCheck, SelfTestOutcome } from '../../domain/readiness/self-test.ts';
import { counted } from '../../parts/amount-words.ts';

/** What is tried, while it is tried and in lists. */
export const testNames: Readonly<Record<SelfTestCheck, string>> = {
  plan: 'The plan opens and is whole',
  write: 'What you write is kept on disk',
  app: 'The app opens without a network',
  print: 'Your role card can be printed',
  key: 'This device can sign in',
  kept: 'The browser keeps what is saved',
};

type TestWords = { readonly said: string; readonly todo: string | null };

/** How one check ended, in plain words, and what to do about it. */
export function testWords(outcome: SelfTestOutcome): TestWords {
  switch (outcome.check) {
    case 'plan':
      return outcome.state === 'passed'
        ? good(
            `Version ${outcome.number} with ${counted(outcome.tasks, 'task')}; every word of it is as it was published.`,
          )
        : planFault[outcome.because];
    case 'write':
      return outcome.state === 'passed'
        ? good('A note was written, read back, and taken away again.')
        : writeFault[outcome.because];
    case 'app':
      return outcome.state === 'passed'
        ? good(`All ${counted(outcome.files, 'file')} of the app are on this device, as they were built.`)
        : appFault(outcome);
    case 'print':
      return outcome.state === 'passed'
        ? good(`The card “${outcome.card}” is set on ${counted(outcome.pages, 'page')}.`)
        : printFault[outcome.because];
    case 'key':
      return outcome.state === 'passed'
        ? good('Its key signs, and the signature is right.')
        : keyFault[outcome.because];
    case 'kept':
      return outcome.state === 'passed'
        ? good('The browser has promised not to delete it by itself.')
        : {
            said:
              outcome.because === 'not-said'
                ? 'The browser does not say whether it keeps what is saved here.'
                : 'The browser may delete what is saved here when space runs low.',
            todo: 'Install the app, and print your role card.',
          };
    default:
      return unreachable(outcome);
  }
}

function good(said: string): TestWords {
  return { said, todo: null };
}

type Because<Check extends SelfTestCheck> = Extract<
  SelfTestOutcome,
  { readonly check: Check; readonly state: 'failed' }
>['because'];

const connect = 'Connect once and wait until the line below says that all is sent. Then test again.';

const planFault: Readonly<Record<Because<'plan'>, TestWords>> = {
  none: { said: 'There is no plan on this device.', todo: connect },
  unreadable: {
    said: 'The plan on this device can’t be read.',
    todo: 'Close Holdfast and open it again. If that does not help, tell your coordinator and keep your printed card at hand.',
  },
  altered: {
    said: 'The plan on this device is not what was published: something in it was damaged or altered.',
    todo: 'Do not work by it. Tell your coordinator; erase this device in Settings and join again with a new code.',
  },
};

const writeFault: Readonly<Record<Because<'write'>, TestWords>> = {
  full: {
    said: 'The disk is full: nothing more can be saved.',
    todo: 'Delete photos, videos or apps. Then test again.',
  },
  'not-written': {
    said: 'Nothing can be saved on this device just now.',
    todo: 'Close every tab of Holdfast and open it again. Private windows can’t keep anything.',
  },
  'not-read': {
    said: 'What was written did not come back from the disk.',
    todo: 'Restart the phone and test again. If it stays, use another device and keep your printed card at hand.',
  },
};

function appFault({
  because,
  missing,
}: Extract<SelfTestOutcome, { readonly check: 'app'; readonly state: 'failed' }>): TestWords {
  const mend = 'Connect, close every tab of Holdfast and open it again. Then test again.';
  switch (because) {
    case 'no-worker':
      return {
        said: 'The app is not kept on this device: without a network it would not open.',
        todo: 'Open it from a https address in an ordinary window, not a private one, and install it.',
      };
    case 'no-list':
      return { said: 'It can’t be told whether all of the app is on this device.', todo: mend };
    case 'incomplete':
      return {
        said: `${counted(missing.length, 'file')} of the app ${missing.length === 1 ? 'is' : 'are'} missing or damaged: parts of it would not open without a network.`,
        todo: `${mend} If it stays, erase the site’s data in the browser and join again with a new code.`,
      };
    default:
      return unreachable(because);
  }
}

const printFault: Readonly<Record<Because<'print'>, TestWords>> = {
  'no-card': { said: 'There is no card to print: the plan has no role.', todo: connect },
  'not-set': {
    said: 'The card could not be set on pages.',
    todo: 'Close other apps and test again. Print the card from another device meanwhile.',
  },
};

const keyFault: Readonly<Record<Because<'key'>, TestWords>> = {
  none: {
    said: 'This device has no key, so no server will know it.',
    todo: 'Join with a code, or ask your coordinator for a new one.',
  },
  'does-not-sign': {
    said: 'The key of this device does not work: it could not sign in again.',
    todo: 'What is on it still works. Ask your coordinator for a new code while there is a network.',
  },
};
