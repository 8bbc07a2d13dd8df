import { cardContact } from '../../domain/card/card-contact.ts';
import { cardZone, type CardSource } from '../../domain/card/card-source.ts';
import type { RoleId } from '../../domain/ids.ts';
import { workersIn } from '../../domain/incident/workers-in.ts';
import type { Holder } from '../../domain/plan/plan-item.ts';
import { contactBlocks } from './contact-blocks.tsx';
import type { Block, PaperDocument } from './paper-document.ts';
import { RunningHead, TitleHead, type Frame } from './sheet-frame.tsx';
import { line, tableBlocks, type Cell, type Table } from './table.tsx';
import { section, textBlocks } from './text-blocks.tsx';
import styles from './contacts.module.css';

const title = 'Contact sheet';

/** The command post, who holds which role, and every contact of the plan. */
export function contactSheet(frame: Frame): PaperDocument {
  const { source } = frame;
  const { plan, people } = source;
  const contacts = plan.contacts.map((contact) => cardContact(contact, people, cardZone(source)));
  return {
    key: 'contacts',
    title,
    first: <TitleHead frame={frame} title={title} />,
    next: <RunningHead frame={frame} title={title} />,
    blocks: [
      ...commandPost(source),
      ...section('roles', 'Roles and who holds them', roleBlocks(source)),
      ...section('people', 'Contacts', contactBlocks('contact', contacts, frame)),
    ],
  };
}

function commandPost({ plan: { header } }: CardSource): readonly Block[] {
  if (header === null) return [];
  const lines = [
    ['Command location', header.commandLocation],
    ['Alternate location', header.alternateLocation],
    ['Command centre phone', header.commandPhone],
    ['Command channel', header.commandChannel],
  ] as const;
  return lines.flatMap(([label, text]) => (text === undefined ? [] : textBlocks(label, label, text)));
}

const roleTable: Table = {
  name: 'roles',
  heads: ['Role', 'Held by', 'Phone, channel'],
  columns: styles.roleColumns,
};

function roleBlocks(source: CardSource): readonly Block[] {
  return tableBlocks(
    'role',
    source.incident === null ? roleTable : { ...roleTable, heads: ['Role', 'Works now, held by', 'Phone, channel'] },
    source.plan.roles.map(({ id, title: name, phone, channel, holders }) => ({
      key: id,
      name,
      cells: () => [
        [<strong key="name">{name}</strong>],
        [
          ...workingParts(source, id),
          ...(holders.length === 0
            ? ['nobody in the plan yet']
            : holders.flatMap((holder, place) => holderParts(holder, place > 0))),
        ],
        [[phone, channel].filter(Boolean).join(' · ')],
      ],
    })),
  );
}

/** In an incident who works in the role, which is not always who holds it in the plan, with their own contacts. */
function workingParts({ plan, incident, people }: CardSource, role: RoleId): Cell {
  if (incident === null) return [];
  return workersIn(plan, role, incident.granted, incident.assignments).map((person) => {
    const known = people.get(person);
    const means = (known?.contacts ?? []).map(({ value }) => value).join(', ');
    return line(
      <>
        Works now: <strong>{known?.name ?? 'somebody not known here'}</strong>
        {means === '' ? ', no contact known' : `, ${means}`}
      </>,
    );
  });
}

/** The primary in bold, then the deputies. */
function holderParts(holder: Holder, isDeputy: boolean): Cell {
  const name = isDeputy ? `${holder.name} (deputy)` : <strong>{holder.name}</strong>;
  return [name, ...outsideWords(holder)].map((each) => line(each));
}

function outsideWords(holder: Holder): readonly string[] {
  if (holder.kind !== 'organisation') return [];
  const { contract, hours, escalation } = holder;
  return [
    ...(contract === undefined ? [] : [`contract ${contract}`]),
    ...(hours === undefined ? [] : [hours]),
    ...(escalation === undefined ? [] : [`escalation: ${escalation}`]),
  ];
}
