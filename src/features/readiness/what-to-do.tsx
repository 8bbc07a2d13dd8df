import type { Finding } from '../../domain/readiness/findings.ts';
import type { PersonReadiness } from '../../domain/readiness/readiness.ts';
import { openPoints } from '../../domain/readiness/reminder.ts';
import { contactLink } from '../../domain/communication/contact-link.ts';
import { counted } from '../../parts/amount-words.ts';
import { ButtonLink, OutsideLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { ActionRow, RowList, Stack } from '../../ui/stack.tsx';
import { checkNames, findingWords, toDoWords } from './check-words.ts';
import { personName } from './person-name.ts';
import type { ReadinessView } from './readiness-page.tsx';
import { remindedWords, resultWords } from './reminder-words.ts';

const shownFirst = 5;

/** For everybody who is not ready: what is wrong, what to do, and the means to do it at once. */
export function WhatToDo({ view }: { readonly view: ReadinessView }) {
  const people = view.people.filter(({ findings }) => findings.some(({ colour }) => colour === 'red'));
  if (people.length === 0) return null;
  const list = (some: readonly PersonReadiness[]) => (
    <RowList label="What to do">
      {some.map((person) => (
        <li key={person.person}>
          <PersonToDo view={view} person={person} />
        </li>
      ))}
    </RowList>
  );
  return (
    <Stack close>
      <GroupTitle aside={counted(people.length, 'person', 'people')}>What to do</GroupTitle>
      {list(people.slice(0, shownFirst))}
      {people.length <= shownFirst ? null : (
        <Disclosure summary={`The other ${people.length - shownFirst}`}>{list(people.slice(shownFirst))}</Disclosure>
      )}
    </Stack>
  );
}

function PersonToDo({ view, person }: { readonly view: ReadinessView; readonly person: PersonReadiness }) {
  const red = person.findings.filter(({ colour }) => colour === 'red');
  const name = personName(person);
  const isMe = person.person === view.me.person;
  return (
    <Card label={`What to do: ${name}`}>
      <strong>{isMe ? `${name} (you)` : name}</strong>
      {red.map((finding) => (
        <p key={finding.check}>
          {checkNames[finding.check]}: {findingWords(finding, view.roster.now)}.{' '}
          {finding.todo === null ? null : toDoWords(finding.todo, isMe ? null : name)}
        </p>
      ))}
      <Reminded view={view} person={person} />
      {isMe ? (
        <ButtonLink href="/test" icon="check">
          Test this device
        </ButtonLink>
      ) : (
        <Means view={view} person={person} findings={red} />
      )}
    </Card>
  );
}

/** When the server reminded them last, and what came of it. */
export function Reminded({ view, person }: { readonly view: ReadinessView; readonly person: PersonReadiness }) {
  const latest = view.reminders.known?.latest ?? [];
  const words = remindedWords(latest, person.person, view.roster.now);
  if (words === null) return null;
  const ways = latest.filter((each) => each.person === person.person);
  return (
    <p>
      {words.charAt(0).toUpperCase() + words.slice(1)}. {ways.map(resultWords).join(' · ')}
    </p>
  );
}

/** Call, remind by text or mail, resend the invitation, print the card: each where it can be done from here. */
export function Means({
  view,
  person,
  findings,
}: {
  readonly view: ReadinessView;
  readonly person: PersonReadiness;
  readonly findings: readonly Finding[];
}) {
  const contacts = view.roster.people.get(person.person)?.contacts ?? [];
  const links = contacts.flatMap(({ type, value }) => contactLink(type, value) ?? []);
  const words = reminder(person, findings);
  const call = links.find(({ verb }) => verb === 'Call');
  const text = links.find(({ verb }) => verb === 'Text');
  const mail = links.find(({ verb }) => verb === 'Mail');
  const reminds = isRemindable(view, person);
  const isNew = findings.some(({ todo }) => todo === 'invite');
  const needsCard = findings.some(({ todo }) => todo === 'read' || todo === 'connect');
  return (
    <ActionRow>
      {call === undefined ? null : (
        <OutsideLink href={call.href} icon="phone" label={`Call ${person.name}`}>
          Call
        </OutsideLink>
      )}
      {text === undefined ? null : (
        <OutsideLink href={`${text.href}?&body=${words.body}`} label={`Remind ${person.name} by text`}>
          Remind by text
        </OutsideLink>
      )}
      {reminds ? (
        <ButtonLink href={`/readiness/remind/${person.person}`} icon="communications">
          Remind
        </ButtonLink>
      ) : null}
      {mail === undefined || reminds ? null : (
        <OutsideLink
          href={`${mail.href}?subject=${words.subject}&body=${words.body}`}
          label={`Remind ${person.name} by mail`}
        >
          Remind by mail
        </OutsideLink>
      )}
      {isNew ? <ButtonLink href={`/people/invite/${person.person}`}>Send a new code</ButtonLink> : null}
      {needsCard && person.roles.length > 0 ? (
        <ButtonLink href="/print" icon="print">
          Print the card
        </ButtonLink>
      ) : null}
    </ActionRow>
  );
}

/** Whether the server can remind them of something. */
function isRemindable({ reminders }: ReadinessView, person: PersonReadiness): boolean {
  return openPoints(person).length > 0 && (reminders.known?.people ?? []).some((each) => each.person === person.person);
}

/** Ready to be put into a link; what to do is said to the person themself. */
function reminder({ name }: PersonReadiness, findings: readonly Finding[]) {
  const list = findings.map(({ check }) => checkNames[check].toLowerCase()).join(', ');
  const body = `${name}, please open Holdfast on your phone and go through what Now asks of you (${list}). ${window.location.origin}/now`;
  return { subject: encodeURIComponent('Please make your phone ready'), body: encodeURIComponent(body) };
}
