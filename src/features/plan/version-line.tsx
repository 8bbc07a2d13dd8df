import { ThreeWordsOf } from '../../parts/three-words-of.tsx';
import { fullTime } from '../../parts/time-words.ts';
import { nameOf, type People } from '../../parts/use-people.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { useZone } from '../../parts/use-zone.ts';
import { shortHash } from '../../parts/version-name.ts';

/** A version as two people name and compare it: number, short hash, three words, who and when. */
export function VersionLine({ held, people }: { readonly held: HeldVersion; readonly people: People }) {
  const zone = useZone();
  const { author } = held.version;
  return (
    <>
      <p>
        Version {held.version.number} · {shortHash(held.hash)} · <ThreeWordsOf hash={held.hash} />
      </p>
      <p>
        Published{author === null ? '' : ` by ${nameOf(people, author)}`}, {fullTime(held.at, zone)}
        {held.unsent ? ' · to send' : ''}
      </p>
    </>
  );
}
