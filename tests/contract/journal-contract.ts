import { describe } from 'vitest';
import { accessContract } from './journal-access.ts';
import { clockContract } from './journal-clocks.ts';
import { conflictContract } from './journal-conflicts.ts';
import { inviteContract } from './journal-invites.ts';
import { deviceContract } from './journal-devices.ts';
import { peopleContract } from './journal-people.ts';
import { pullContract } from './journal-pull.ts';
import { pushContract } from './journal-push.ts';
import { relayedContract } from './journal-relayed.ts';
import { reminderContract } from './journal-reminders.ts';
import type { JournalUnderTest } from './journal-under-test.ts';
import { wayRoundAccessContract } from './journal-ways-round.ts';

/** What every journal must hold, whichever database keeps it (sync-server/journal/journal.ts). Numbers are those of reliability.md. */
export function journalContract(underTest: JournalUnderTest): void {
  describe(`journal on ${underTest.name}`, () => {
    pushContract(underTest);
    relayedContract(underTest);
    pullContract(underTest);
    clockContract(underTest);
    conflictContract(underTest);
    accessContract(underTest);
    wayRoundAccessContract(underTest);
    peopleContract(underTest);
    inviteContract(underTest);
    deviceContract(underTest);
    reminderContract(underTest);
  });
}
