import { useState } from 'react';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useStepUp } from '../../parts/step-up.tsx';
import { useGrants } from '../../parts/use-grants.ts';
import type { Good, Making } from './make-invites.ts';
import { NeedsServer } from './needs-server.tsx';
import { newRequest } from './new-request.ts';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import type { ListedPerson } from './read-invite-list.ts';
import { SeveralCheck } from './several-check.tsx';
import { SeveralList } from './several-list.tsx';
import { SeveralMade } from './several-made.tsx';

type Step =
  | { readonly step: 'list'; readonly text: string }
  | { readonly step: 'check'; readonly text: string; readonly people: readonly ListedPerson[] }
  | { readonly step: 'made'; readonly all: readonly Making[]; readonly days: number };

/** Asks a whole list of people in: pasted or from a file, checked row by row, then made one after another. */
export function SeveralPane({ view }: { readonly view: PeopleView }) {
  const { clock, random } = usePorts();
  const grants = useGrants();
  const [now, setNow] = useState<Step>({ step: 'list', text: '' });
  const stepUp = useStepUp();
  const make = async (good: readonly Good[], days: number) => {
    if (!(await stepUp(`${counted(good.length, 'code')} will let people in.`))) return;
    setNow({
      step: 'made',
      days,
      all: good.map((who): Making => ({ who, request: newRequest(clock, random), state: { tag: 'waiting' } })),
    });
  };
  if (now.step === 'made')
    return (
      <SeveralMade view={view} first={now.all} days={now.days} onNext={() => setNow({ step: 'list', text: '' })} />
    );
  return (
    <Pane title="Invite several">
      <NeedsServer view={view}>
        {now.step === 'list' ? (
          <SeveralList
            first={now.text}
            onList={(text, people) => setNow({ step: 'check', text, people })}
            roles={view.plan?.roles.map(({ title }) => title) ?? []}
          />
        ) : (
          <SeveralCheck
            people={now.people}
            known={{ me: view.me, people: view.people, plan: view.plan, grants }}
            onPeople={(people) => setNow({ ...now, people })}
            onBack={() => setNow({ step: 'list', text: now.text })}
            onMake={(good, days) => void make(good, days)}
          />
        )}
      </NeedsServer>
    </Pane>
  );
}
