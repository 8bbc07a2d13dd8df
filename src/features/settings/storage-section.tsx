import { useEffect, useState } from 'react';
import { byteWords } from '../../parts/amount-words.ts';
import { KeepsWhatItSaves } from '../../parts/keeps-what-it-saves.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from './section.tsx';

type Space = { readonly usedBytes: number | null; readonly quotaBytes: number | null };

/** How much room there is, and whether the browser keeps what is saved. */
export function StorageSection() {
  const { persistence } = usePorts();
  const [space, setSpace] = useState<Space | null>(null);
  useEffect(() => {
    let left = false;
    void persistence.read().then((read) => {
      if (!left) setSpace(read);
    });
    return () => {
      left = true;
    };
  }, [persistence]);
  return (
    <Section title="Storage">
      <KeepsWhatItSaves />
      {space === null ? null : (
        <Card>
          <Facts
            facts={[
              { name: 'Used by Holdfast', value: space.usedBytes === null ? notSaid : byteWords(space.usedBytes) },
              {
                name: 'Most the browser would give',
                value: space.quotaBytes === null ? notSaid : byteWords(space.quotaBytes),
              },
            ]}
          />
        </Card>
      )}
    </Section>
  );
}

const notSaid = 'the browser does not say';
