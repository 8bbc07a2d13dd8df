import type { PersonId } from '../../domain/ids.ts';
import type { CarriedBundle, HandOver } from '../../domain/ports/hand-over.ts';
import { counted } from '../../parts/amount-words.ts';
import { whenWords } from '../../parts/time-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { nameOf, usePeople } from '../../parts/use-people.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';

/** What this phone still has to bring for others, and what the server did not take of it. */
export function CarriedSection({
  port,
  carried,
  zone,
}: {
  readonly port: HandOver;
  readonly carried: readonly CarriedBundle[];
  readonly zone: string;
}) {
  const people = usePeople();
  const now = useNow();
  if (carried.length === 0) return null;
  return (
    <section aria-labelledby="carried">
      <Stack close>
        <GroupTitle id="carried">Carried for others</GroupTitle>
        {carried.map((each) => (
          <Card key={each.bundle}>
            <p>
              <strong>{nameOf(people, each.person as PersonId | null)}</strong>, taken over{' '}
              {whenWords(each.takenAt, zone, now)}:{' '}
              {each.waiting === 0 ? 'nothing waits any more' : `${counted(each.waiting, 'change')} to bring`}.
            </p>
            {each.declined.length === 0 ? null : <Declined bundle={each} port={port} />}
          </Card>
        ))}
      </Stack>
    </section>
  );
}

function Declined({ bundle, port }: { readonly bundle: CarriedBundle; readonly port: HandOver }) {
  const reasons = [...new Set(bundle.declined.map(({ reason }) => reason.message))];
  return (
    <>
      <p>
        The server did not take {counted(bundle.declined.length, 'change')}: {reasons.join('; ')}. Their author’s phone
        has them too and will be told. They are kept here until you let them go.
      </p>
      {bundle.waiting === 0 ? (
        <Button fit onClick={() => void port.forget(bundle.bundle)}>
          Let them go
        </Button>
      ) : null}
    </>
  );
}
