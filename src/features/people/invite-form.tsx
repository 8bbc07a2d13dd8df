import { useState } from 'react';
import { accessLevels, type AccessLevel } from '../../domain/access/access.ts';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import type { ServerFault } from '../../domain/ports/server-api.ts';
import { accessWords } from '../../parts/access-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitles } from '../../parts/rights-words.ts';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { useStepUp } from '../../parts/step-up.tsx';
import { nameOf } from '../../parts/use-people.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { CheckField, ChoiceField, SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Stack } from '../../ui/stack.tsx';
import { useGrants } from '../../parts/use-grants.ts';
import { newRequest } from '../../parts/new-request.ts';
import type { Issued } from './issued-slip.tsx';
import type { PeopleView } from './people-page.tsx';

/** What was asked for, as the slip says it. */
export type Invitation = {
  readonly name: string;
  readonly access: AccessLevel;
  readonly roles: readonly RoleId[];
};

/** How the code gets to the person. */
type Way = 'link' | 'radio';

export const expiries = [
  { value: '1', label: '1 day' },
  { value: '3', label: '3 days' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
] as const;

type InviteFormProps = {
  readonly view: PeopleView;
  readonly first: PersonId | null;
  readonly onIssued: (issued: Issued) => void;
};

/** Who, with which access and roles, for how long. What was typed stays when the server can't be reached. */
export function InviteForm({ view, first, onIssued }: InviteFormProps) {
  const { server, clock, random } = usePorts();
  // pressed again after a lost reply, it is the same wish: one code lives; for somebody else it is another one
  const [request, setRequest] = useState(() => newRequest(clock, random));
  const [way, setWay] = useState<Way>('link');
  const grants = useGrants();
  const stepUp = useStepUp();
  const [person, setPerson] = useState<PersonId | ''>(first ?? '');
  const [name, setName] = useState('');
  const [chosenAccess, setAccess] = useState<AccessLevel | null>(null);
  const [chosenRoles, setRoles] = useState<readonly RoleId[] | null>(null);
  const [days, setDays] = useState<(typeof expiries)[number]['value']>('7');
  const [missing, setMissing] = useState<string | null>(null);
  const [fault, setFault] = useState<ServerFault | 'no-role' | null>(null);
  const [busy, setBusy] = useState(false);
  const grant = person === '' ? null : (grants.get(person) ?? null);
  const access = chosenAccess ?? grant?.access ?? 'responder';
  const roles = chosenRoles ?? grant?.roles ?? [];

  const invite = async () => {
    if (person === '' && name.trim() === '') return setMissing('Give the name of the person.');
    if (access === 'vendor' && roles.length === 0 && view.plan !== null) return setFault('no-role');
    const whose = person === '' ? name.trim() : nameOf(view.people, person);
    if (!(await stepUp(`A code will let ${whose} in.`))) return undefined;
    setBusy(true);
    setFault(null);
    const who = person === '' ? { name: name.trim() } : { id: person };
    const asked = { person: who, access, roles, request };
    const invitation = { name: whose, access, roles };
    if (way === 'radio') {
      const made = await server.joinCode(asked);
      setBusy(false);
      return made.ok ? onIssued({ way: 'radio', made: made.value, invitation }) : setFault(made.error);
    }
    const invited = await server.invite({ ...asked, expiresInDays: Number(days) });
    setBusy(false);
    return invited.ok ? onIssued({ way: 'link', invite: invited.value, invitation }) : setFault(invited.error);
  };

  return (
    <Form onSubmit={() => void invite()}>
      <SelectField
        label="Who"
        value={person}
        options={[
          { value: '' as const, label: 'Somebody new' },
          ...[...view.people].map(([id, known]) => ({ value: id, label: known.name })),
        ]}
        onValue={(chosen) => {
          setPerson(chosen);
          setRequest(newRequest(clock, random));
          setAccess(null);
          setRoles(null);
          setMissing(null);
        }}
      />
      {person === '' ? (
        <TextField
          label="Name"
          value={name}
          maxLength={200}
          autoComplete="off"
          fault={missing}
          onValue={(typed) => {
            setName(typed);
            setRequest(newRequest(clock, random));
            setMissing(null);
          }}
        />
      ) : (
        <p>The code lets in one more device of theirs. Access and roles chosen here count for all their devices.</p>
      )}
      <ChoiceField
        legend="Access"
        value={access}
        options={accessLevels.map((value) => ({
          value,
          label: accessWords[value].label,
          hint: accessWords[value].may,
        }))}
        onValue={setAccess}
      />
      <RoleChoice view={view} roles={roles} wanted={fault === 'no-role'} onRoles={setRoles} />
      <ChoiceField<Way>
        legend="How it gets there"
        value={way}
        options={[
          { value: 'link', label: 'Link, QR code or paper' },
          { value: 'radio', label: 'Said over the radio', hint: 'Twelve characters; they work for ten minutes.' },
        ]}
        onValue={setWay}
      />
      {way === 'link' ? (
        <SelectField label="The code works for" value={days} options={expiries} onValue={setDays} />
      ) : null}
      {fault === null ? null : <NoCode fault={fault} />}
      <Button kind="primary" type="submit" disabled={busy}>
        {busy ? 'Asking the server…' : 'Make the code'}
      </Button>
    </Form>
  );
}

function NoCode({ fault }: { readonly fault: ServerFault | 'no-role' }) {
  if (fault === 'no-role')
    return (
      <Banner tone="stop" icon="warning" title="No code was made.">
        A vendor sees the parts of its own roles only: choose at least one role above.
      </Banner>
    );
  return (
    <Banner tone={fault.tag === 'no-answer' ? 'late' : 'stop'} icon="warning" title="No code was made.">
      {serverFaultWords(fault)}
    </Banner>
  );
}

function RoleChoice({
  view: { plan },
  roles,
  wanted,
  onRoles,
}: {
  readonly view: PeopleView;
  readonly roles: readonly RoleId[];
  /** One must be chosen: the list opens. */
  readonly wanted: boolean;
  readonly onRoles: (roles: readonly RoleId[]) => void;
}) {
  if (plan === null) return <p>Roles can be given once a plan is published.</p>;
  return (
    <Disclosure
      open={roles.length > 0 || wanted}
      summary={`Roles: ${roles.length === 0 ? 'none chosen' : roleTitles(plan, roles).join(', ')}`}
    >
      <Stack close>
        {plan.roles.map(({ id, title, mission }) => (
          <CheckField
            key={id}
            label={title}
            hint={mission}
            checked={roles.includes(id)}
            onChecked={(checked) => onRoles(checked ? [...roles, id] : roles.filter((each) => each !== id))}
          />
        ))}
      </Stack>
    </Disclosure>
  );
}
