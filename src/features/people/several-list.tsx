import { useState } from 'react';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Form } from '../../ui/form.tsx';
import { readListFile } from './read-list-file.ts';
import { mostPeople, readInviteList, type ListedPerson } from './read-invite-list.ts';

type SeveralListProps = {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Titles of the plan's roles, as they may be written. */
  readonly roles: readonly string[];
  readonly onList: (text: string, people: readonly ListedPerson[]) => void;
};

/** The list as text: pasted, typed, or out of a file. */
export function SeveralList({ text, roles, onText, onList }: SeveralListProps) {
  const [fault, setFault] = useState<string | null>(null);
  const [fileFault, setFileFault] = useState<string | null>(null);
  const read = (list: string) => {
    setFileFault(null);
    const found = readInviteList(list);
    if (found.tag === 'list') return onList(list, found.people);
    onText(list);
    return setFault(
      found.tag === 'empty'
        ? 'Nobody is in the list yet.'
        : `This is too long: at most ${mostPeople} people at a time.`,
    );
  };
  const open = async (chosen: File) => {
    const file = await readListFile(chosen);
    if (file.tag === 'fault') setFileFault(file.words);
    else read(file.text);
  };
  return (
    <Form onSubmit={() => read(text)}>
      <TextAreaField
        label="Names, access and roles"
        hint="One person a line: name, access, roles. Paste it from a spreadsheet, or type it. Without an access they become responders."
        placeholder={'Sipho Dube, responder, IT Specialists\nAna Lind, coordinator'}
        rows={8}
        value={text}
        fault={fault}
        spellCheck={false}
        autoComplete="off"
        onValue={(typed) => {
          onText(typed);
          setFault(null);
        }}
      />
      <FileField
        label="Or open a CSV file"
        hint="From a spreadsheet: columns name, access, roles"
        fault={fileFault}
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onFile={(file) => void open(file)}
      />
      {roles.length === 0 ? null : (
        <Disclosure summary="How the roles are called">
          <p>{roles.join(', ')}</p>
        </Disclosure>
      )}
      <Button kind="primary" type="submit">
        Check the list
      </Button>
      <ButtonLink kind="quiet" href="/people/invite">
        Invite one person
      </ButtonLink>
    </Form>
  );
}
