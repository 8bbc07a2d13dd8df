import { cardContact } from '../../domain/card/card-contact.ts';
import { cardZone, type CardSource } from '../../domain/card/card-source.ts';
import type { Role } from '../../domain/plan/plan-item.ts';
import { columnHeads, tableBlocks } from './columns.tsx';
import { contactBlocks } from './contact-blocks.tsx';
import type { Block, PaperDocument } from './paper-document.ts';
import { RunningHead, TitleHead, type Frame } from './sheet-frame.tsx';
import { section, textBlocks } from './text-blocks.tsx';

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
    under: columnHeads,
    blocks: [
      ...commandPost(source),
      ...section('roles', 'Roles and who holds them', roleBlocks(plan.roles)),
      ...section('people', 'Contacts', contactBlocks('contact', contacts)),
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

function roleBlocks(roles: readonly Role[]): readonly Block[] {
  return tableBlocks(
    'role',
    'roles',
    roles.map(({ id, title: name, phone, channel, holders }) => ({
      key: id,
      cells: (
        <>
          <div>
            <strong>{name}</strong>
          </div>
          <div>
            {holders.length === 0 ? <p>nobody yet</p> : null}
            {holders.map((holder, place) => (
              <p key={holder.name}>
                {place === 0 ? <strong>{holder.name}</strong> : `${holder.name} (deputy)`}
                {holder.kind === 'organisation' && holder.contract !== undefined ? `, contract ${holder.contract}` : ''}
                {holder.kind === 'organisation' && holder.hours !== undefined ? `, ${holder.hours}` : ''}
                {holder.kind === 'organisation' && holder.escalation !== undefined
                  ? `, escalation: ${holder.escalation}`
                  : ''}
              </p>
            ))}
          </div>
          <div>{[phone, channel].filter(Boolean).join(' · ')}</div>
        </>
      ),
    })),
  );
}
