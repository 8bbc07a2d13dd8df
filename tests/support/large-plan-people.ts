import type { JsonObject } from '../../src/domain/json.ts';
import { siteName, siteRole } from './large-plan-tasks.ts';
import { words, slug, type Choices, type RoleWords } from './large-plan-words.ts';

/** The first `many` roles; beyond those with words of their own, one for each site. */
export function rolesOf(many: number): readonly RoleWords[] {
  const sites = Array.from({ length: Math.max(0, many - words.roles.length) }, (_, place): RoleWords => {
    const name = siteName(place);
    return {
      id: siteRole(place),
      prefix: `S${String(place + 1).padStart(2, '0')}`,
      title: `Site Recovery Lead, ${name}`,
      group: 'operations',
      reportsTo: place % 48 < words.coastTowns.length ? 'site-lead-coast' : 'site-lead-inland',
      mission: `Keep people at the ${name} safe, and bring it back to work.`,
    };
  });
  return [...words.roles.slice(0, many), ...sites];
}

export function roleItem(role: RoleWords, place: number): JsonObject {
  const superior = words.roles.find(({ id }) => id === role.reportsTo)?.title ?? 'the chair of the board';
  return {
    section: 'role',
    id: role.id,
    group: role.group,
    title: role.title,
    mission: role.mission,
    reportsTo: role.reportsTo,
    responsibilities: [
      `${role.mission} Use the checklist; what is not on it goes into the log first.`,
      'Keep the status of your tasks true: started, blocked with the reason, done with the time.',
      'Hand over in person: open tasks, promises made, and what worries you.',
      'Send people to rest after twelve hours, yourself included.',
    ],
    reporting: `Reports to ${superior} on the bridge every 30 minutes in the first 4 hours, then every hour until hour 24.`,
    escalation: `What is blocked for 15 minutes goes to ${superior}; danger to people goes to the Safety Officer at once.`,
    phone: phone(100 + place),
    channel: `Radio channel ${String(1 + (place % 8))}, call sign ${role.prefix}`,
    holders: [
      { kind: 'person', name: personName(place * 2), contact: holderContact(role, 0) },
      { kind: 'person', name: personName(place * 2 + 1), contact: holderContact(role, 1) },
      ...(place % 8 === 7 ? [{ kind: 'department', name: `Duty desk, ${role.title} (example)` }] : []),
    ],
  };
}

/** Exactly `many` contacts: the holders of each role, the suppliers, then whom one needs at sites and for systems. */
export function contactItems(many: number, roles: readonly RoleWords[], choices: Choices): readonly JsonObject[] {
  const holders = roles.flatMap((role, place) =>
    [0, 1].map((deputy) =>
      contact(holderContact(role, deputy), personName(place * 2 + deputy), place * 2 + deputy, {
        position: deputy === 0 ? role.title : `Deputy ${role.title}`,
        organisation: 'Example Retail Group',
        neededBy: neededBy(role, roles, choices),
      }),
    ),
  );
  const suppliers = words.suppliers.map((name, place) =>
    contact(`supplier-${slug(name)}`, `${name} (example)`, 900 + place, {
      position: 'Duty desk, day and night',
      organisation: name,
      note: `Contract EX-${String(4100 + place * 7)}; say the contract number first, then ask for the shift lead.`,
      neededBy: [...new Set(['recovery-coordinator', pick(roles, choices).id])],
    }),
  );
  const rest = Array.from({ length: Math.max(0, many - holders.length - suppliers.length) }, (_, place) =>
    place % 2 === 0 ? siteContact(place / 2, roles, choices) : systemContact((place - 1) / 2, roles, choices),
  );
  return [...holders, ...suppliers, ...rest].slice(0, many);
}

function siteContact(place: number, roles: readonly RoleWords[], choices: Choices): JsonObject {
  const name = siteName(place);
  return contact(`at-${slug(name)}-${String(place)}`, personName(200 + place), 2000 + place, {
    position: `Keyholder, ${name}`,
    organisation: 'Example Retail Group',
    hours: 'Day and night; text first between 22:00 and 05:00',
    neededBy: [pick(roles, choices).id],
  });
}

function systemContact(place: number, roles: readonly RoleWords[], choices: Choices): JsonObject {
  const name = words.systems[place % words.systems.length] ?? '';
  return contact(`for-${slug(name)}-${String(place)}`, personName(700 + place), 5000 + place, {
    position: `Specialist, ${name}`,
    organisation: words.suppliers[place % words.suppliers.length] ?? '',
    neededBy: [pick(roles, choices).id],
  });
}

function contact(id: string, name: string, place: number, more: JsonObject): JsonObject {
  return {
    section: 'contact',
    id,
    name,
    means: [
      { pace: 'primary', type: 'phone', value: phone(place), label: 'mobile' },
      { pace: 'alternate', type: 'sms', value: phone(place) },
      { pace: 'contingency', type: 'email', value: `${slug(id)}@retail.example` },
      { pace: 'emergency', type: 'radio', value: `Channel ${String(1 + (place % 8))}` },
    ],
    verifiedAt: place % 9 === 8 ? null : `2026-${String(1 + (place % 11)).padStart(2, '0')}-15`,
    ...more,
  };
}

function neededBy(role: RoleWords, roles: readonly RoleWords[], choices: Choices): readonly string[] {
  const below = roles.filter(({ reportsTo }) => reportsTo === role.id).map(({ id }) => id);
  const above = roles.some(({ id }) => id === role.reportsTo) ? [role.reportsTo ?? ''] : [];
  return [...new Set([...above, ...below, pick(roles, choices).id])];
}

function pick(roles: readonly RoleWords[], choices: Choices): RoleWords {
  const picked = roles[choices.below(roles.length)];
  if (picked === undefined) throw new Error('a plan has roles');
  return picked;
}

function holderContact(role: RoleWords, deputy: number): string {
  return deputy === 0 ? `holder-${role.id}` : `deputy-${role.id}`;
}

function personName(place: number): string {
  const { firstNames, lastNames } = words;
  const last = lastNames[(place + Math.floor(place / firstNames.length)) % lastNames.length] ?? '';
  return `${firstNames[place % firstNames.length] ?? ''} ${last} (example)`;
}

function phone(place: number): string {
  return `+27 00 000 ${String(place % 10_000).padStart(4, '0')}`;
}
