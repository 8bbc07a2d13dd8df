import { useState } from 'react';
import { takenByMore } from '../domain/incident/take-over.ts';
import type { RoleId } from '../domain/ids.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { ActionRow } from '../ui/stack.tsx';
import { mayAssign } from './commands.ts';
import type { IncidentView } from './incident.tsx';
import { inWords } from './list-words.ts';
import { roleTitle } from './role-badge.tsx';
import { whenWords } from './time-words.ts';
import { useNow } from './use-now.ts';
import { nameOf } from './use-people.ts';
import { useTakeOver } from './use-take-over.ts';

type RoleIn = { readonly view: IncidentView; readonly role: RoleId };

/** Taking over with one press, then a note if there is something to say. */
export function TakeOverActions({ view, role }: RoleIn) {
  const { take, addNote } = useTakeOver(view);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const { me, incident, assignments } = view;
  if (incident.status !== 'active' || !mayAssign(view, role, me.person)) return null;
  const own = assignments.find((each) => each.role === role && each.person === me.person)?.assignment;
  const once = (act: () => Promise<boolean>) => {
    setBusy(true);
    void act().finally(() => setBusy(false));
  };
  if (own?.until !== null) {
    return (
      <Button kind="primary" disabled={busy} onClick={() => once(() => take(role))}>
        Take over
      </Button>
    );
  }
  if (own.note !== null) return null;
  return (
    <Form
      onSubmit={() => {
        const said = note.trim();
        if (said !== '') once(() => addNote(role, said));
      }}
    >
      <TextAreaField
        label="Note, if there is something to say"
        hint="What is open, what was promised. Everybody sees it, and it stands in the log."
        value={note}
        maxLength={1000}
        rows={2}
        onValue={setNote}
      />
      <Button type="submit" disabled={busy || note.trim() === ''}>
        Save the note
      </Button>
    </Form>
  );
}

/** Two or more took a role and nobody said that they are a team: it is said to each of them, and one press settles it. */
export function TakenByMore({ view, role }: RoleIn) {
  const { standDown, asTeam } = useTakeOver(view);
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const { me, people, incident } = view;
  const taken = takenByMore(view.assignments, role, now);
  const others = taken.filter(({ person }) => person !== me.person);
  if (taken.length === 0 || incident.status !== 'active') return null;
  const isMine = others.length < taken.length;
  const names = inWords([...others.map(({ person }) => nameOf(people, person)), ...(isMine ? ['you'] : [])]);
  const times = taken.map(({ assignment }) => whenWords(assignment.since, incident.zone, now));
  const once = (act: (role: RoleId) => Promise<boolean>) => {
    setBusy(true);
    void act(role).finally(() => setBusy(false));
  };
  return (
    <Banner tone="late" icon="people" title={`${names} took over ${roleTitle(view.plan, role)}.`}>
      <p>At {inWords(times)}. Nobody was put out: say who goes on.</p>
      {isMine && me.access !== 'observer' ? (
        <ActionRow>
          <Button fit disabled={busy} onClick={() => once(standDown)}>
            {others.length === 1
              ? `Leave it to ${nameOf(people, others[0]?.person ?? null)}`
              : 'Leave it to the others'}
          </Button>
          <Button fit disabled={busy} onClick={() => once(asTeam)}>
            We work as a team
          </Button>
        </ActionRow>
      ) : null}
    </Banner>
  );
}
