import { contactAge } from '../domain/communication/contact-age.ts';
import type { Millis } from '../domain/time.ts';
import { LateMark } from '../ui/late-mark.tsx';

/** How long ago a number was checked; what is old has a shape and a word beside its colour. */
export function ContactAge({ verifiedAt, now }: { readonly verifiedAt: string | null; readonly now: Millis }) {
  const { words, old } = contactAge(verifiedAt, now);
  return old ? <LateMark>▲ {words === 'never checked' ? words : `old: ${words}`}</LateMark> : <span>{words}</span>;
}
