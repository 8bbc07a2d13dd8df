import { contactWords } from '../../domain/communication/contact-words.ts';
import type { PersonId } from '../../domain/ids.ts';
import { day, millis, type Millis } from '../../domain/time.ts';
import { daysAgoWords } from '../../parts/time-words.ts';
import { useContactTests } from './use-contact-tests.ts';

/** What came of the last call to a person in a contact test. */
export function LastContact({ person, now }: { readonly person: PersonId; readonly now: Millis }) {
  const last = useContactTests()?.last.get(person);
  if (last === undefined) return null;
  return (
    <p>
      Last contact test: {contactWords[last.result]} {daysAgoWords(Math.floor((now - millis(last.at)) / day))}
    </p>
  );
}
