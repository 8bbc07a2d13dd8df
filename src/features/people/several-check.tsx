import { useState } from 'react';
import { accessLevels, type AccessLevel } from '../../domain/access/access.ts';
import { accessWords } from '../../parts/access-words.ts';
import { counted } from '../../parts/amount-words.ts';
import { rightsWords } from '../../parts/rights-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ActionRow, RowList, Stack } from '../../ui/stack.tsx';
import { checkInvites, type Checked, type Known } from './check-invites.ts';
import { expiries } from './invite-form.tsx';
import type { Good } from './make-invites.ts';
import styles from './people.module.css';
import type { ListedPerson } from './read-invite-list.ts';

type SeveralCheckProps = {
  readonly people: readonly ListedPerson[];
  readonly known: Known;
  readonly onPeople: (people: readonly ListedPerson[]) => void;
  readonly onBack: () => void;
  readonly onMake: (good: readonly Good[], days: number) => void;
};

/** Every row with its mark; what is wrong is put right here, before anything is made. */
export function SeveralCheck({ people, known, onPeople, onBack, onMake }: SeveralCheckProps) {
  const [days, setDays] = useState<(typeof expiries)[number]['value']>('7');
  const checked = checkInvites(people, known);
  const good = checked.filter((each) => each.tag === 'good');
  const wrong = checked.length - good.length;
  return (
    <Stack>
      {wrong === 0 ? (
        <Banner tone="good" icon="check" title={`All ${counted(good.length, 'row')} can be invited.`} />
      ) : (
        <Banner tone="late" icon="warning" title={`${counted(wrong, 'row')} can’t be invited yet.`}>
          Edit them or take them out. Nothing is made before.
        </Banner>
      )}
      <RowList label="People to invite">
        {people.map((person, place) => (
          // rows have no name of their own, and are only edited or taken out
          // oxlint-disable-next-line react/no-array-index-key -- two rows may read the same
          <li key={place}>
            <Row
              person={person}
              checked={checked[place]}
              known={known}
              onChange={(changed) => onPeople(people.map((each, at) => (at === place ? changed : each)))}
              onRemove={() => onPeople(people.filter((_, at) => at !== place))}
            />
          </li>
        ))}
      </RowList>
      <SelectField label="The codes work for" value={days} options={expiries} onValue={setDays} />
      <Button
        kind="primary"
        disabled={wrong > 0 || good.length === 0}
        onClick={() => onMake(good, Number(days))}
      >{`Make ${counted(good.length, 'code')}`}</Button>
      <Button onClick={onBack}>Back to the list</Button>
    </Stack>
  );
}

type RowProps = {
  readonly person: ListedPerson;
  readonly checked: Checked | undefined;
  readonly known: Known;
  readonly onChange: (person: ListedPerson) => void;
  readonly onRemove: () => void;
};

function Row({ person, checked, known, onChange, onRemove }: RowProps) {
  const [editing, setEditing] = useState(false);
  const name = person.name === '' ? 'No name' : person.name;
  return (
    <Card label={name}>
      <div>
        <strong>{name}</strong>
        <p>{checked?.tag === 'good' ? rightsWords(known.plan, checked.access, checked.roles) : asWritten(person)}</p>
        {checked?.tag === 'wrong' ? (
          <p className={styles.mark}>
            <Icon name="warning" /> {checked.fault}
          </p>
        ) : (
          <p className={styles.mark}>
            <Icon name="check" /> {checked?.note ?? 'Good'}
          </p>
        )}
      </div>
      {editing ? <EditRow person={person} onChange={onChange} /> : null}
      <ActionRow>
        <Button onClick={() => setEditing(!editing)} aria-expanded={editing}>
          {editing ? 'Done' : 'Edit'}
        </Button>
        <Button onClick={onRemove}>Take out</Button>
      </ActionRow>
    </Card>
  );
}

function EditRow({
  person,
  onChange,
}: {
  readonly person: ListedPerson;
  readonly onChange: (person: ListedPerson) => void;
}) {
  const level = accessLevels.find((each) => each === person.access) ?? (person.access === null ? 'responder' : '');
  return (
    <Stack close>
      <TextField
        label="Name"
        value={person.name}
        maxLength={200}
        autoComplete="off"
        onValue={(name) => onChange({ ...person, name })}
      />
      <SelectField<AccessLevel | ''>
        label="Access"
        value={level}
        options={[
          ...(level === '' ? [{ value: '' as const, label: 'Choose' }] : []),
          ...accessLevels.map((value) => ({ value, label: accessWords[value].label })),
        ]}
        onValue={(access) => onChange({ ...person, access })}
      />
      <TextField
        label="Roles"
        hint="Several with semicolons between them"
        value={person.roles.join('; ')}
        autoComplete="off"
        onValue={(roles) => onChange({ ...person, roles: roles === '' ? [] : [roles] })}
      />
    </Stack>
  );
}

function asWritten({ access, roles }: ListedPerson): string {
  return [access ?? 'responder', ...roles].join(' · ');
}
