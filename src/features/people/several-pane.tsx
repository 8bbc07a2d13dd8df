import { useState } from 'react';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useStepUp } from '../../parts/step-up.tsx';
import { useUnfinished } from '../../parts/unfinished.tsx';
import { useGrants } from '../../parts/use-grants.ts';
import type { Good, Making } from './make-invites.ts';
import { NeedsServer, NotConnected } from './needs-server.tsx';
import { newRequest } from '../../parts/new-request.ts';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { mostCharacters, type ListedPerson } from './read-invite-list.ts';
import { SeveralCheck } from './several-check.tsx';
import { SeveralList } from './several-list.tsx';
import { SeveralMade } from './several-made.tsx';
import { useTop } from './use-top.ts';

type Step =
  | { readonly step: 'list' }
  | { readonly step: 'check'; readonly people: readonly ListedPerson[] }
  | { readonly step: 'made'; readonly all: readonly Making[]; readonly days: number };

/** Asks a whole list of people in: pasted or from a file, checked row by row, then made one after another. */
export function SeveralPane({ view }: { readonly view: PeopleView }) {
  const { ready } = useUnfinished();
  return ready ? <Several view={view} /> : null;
}

function Several({ view }: { readonly view: PeopleView }) {
  const { clock, random } = usePorts();
  const grants = useGrants();
  const { text, setText } = useList();
  const [now, setNow] = useState<Step>({ step: 'list' });
  const stepUp = useStepUp();
  useTop(now.step);
  const make = async (good: readonly Good[], days: number) => {
    if (!(await stepUp(`${counted(good.length, 'code')} will let people in.`))) return;
    setText('');
    setNow({
      step: 'made',
      days,
      all: good.map((who): Making => ({ who, request: newRequest(clock, random), state: { tag: 'waiting' } })),
    });
  };
  if (now.step === 'made')
    return <SeveralMade view={view} first={now.all} days={now.days} onNext={() => setNow({ step: 'list' })} />;
  return (
    <Pane title="Invite several">
      <NeedsServer view={view}>
        <NotConnected />
        {now.step === 'list' ? (
          <SeveralList
            text={text}
            onText={setText}
            onList={(list, people) => {
              setText(list);
              setNow({ step: 'check', people });
            }}
            roles={view.plan?.roles.map(({ title }) => title) ?? []}
          />
        ) : (
          <SeveralCheck
            people={now.people}
            known={{ me: view.me, people: view.people, plan: view.plan, grants }}
            onPeople={(people) => setNow({ ...now, people })}
            onBack={() => setNow({ step: 'list' })}
            onMake={(good, days) => void make(good, days)}
          />
        )}
      </NeedsServer>
    </Pane>
  );
}

const form = 'invite several';

/** The list as text: it stays when the person looks at another screen, until its codes are made. */
function useList() {
  const unfinished = useUnfinished();
  const [text, setText] = useState(() => {
    const kept = unfinished.find(form);
    return typeof kept === 'string' ? kept : '';
  });
  return {
    text,
    setText: (next: string) => {
      const short = next.slice(0, mostCharacters);
      setText(short);
      if (short === '') unfinished.drop(form);
      else unfinished.keep(form, short);
    },
  };
}
