import type { ContactId } from '../ids.ts';
import type { Contact, Holder, MeansOfContact, Role } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';
import { fold, likeness } from './fold.ts';
import { KnownNames } from './known-names.ts';
import { cutLine, unsalted } from './item-texts.ts';
import type { Roles } from './plan-items-from.ts';
import type { UnderstoodContact, UnderstoodPlan } from './understood.ts';

/** The contacts of a document, and the holders of its roles bound to them. */
export class ContactItems {
  readonly items: readonly Contact[];
  private readonly understood: UnderstoodPlan;
  private readonly roles: Roles;

  constructor(understood: UnderstoodPlan, plan: Plan, roles: Roles) {
    this.understood = understood;
    this.roles = roles;
    const known = new KnownNames<Contact>(plan.contacts, ({ name }) => name);
    this.items = understood.contacts.map((contact, at): Contact => {
      const before = known.find(contact.name);
      const means = meansOf(contact);
      if (before !== null) return sameMeans(before.means, means) ? before : { ...before, means, verifiedAt: null };
      return {
        section: 'contact',
        id: known.idFor(contact.name) as ContactId,
        order: (plan.contacts.length + at + 1) * 10,
        salt: unsalted,
        name: cutLine(contact.name),
        ...(contact.position === null ? {} : { position: cutLine(contact.position) }),
        ...(contact.organisation === null ? {} : { organisation: cutLine(contact.organisation) }),
        means,
        verifiedAt: null,
        neededBy: [],
      };
    });
  }

  /** The roles with the people that the document names for them: primary first, then deputies. */
  withHolders(items: readonly Role[]): readonly Role[] {
    return items.map((role) => {
      const said = this.understood.roles.find(({ title }) => this.roles.idOf(title) === role.id);
      if (said === undefined || said.holders.length === 0) return role;
      return { ...role, holders: said.holders.map((name) => this.holder(name, role)) };
    });
  }

  private holder(name: string, role: Role): Holder {
    const kept = role.holders.find((each) => fold(each.name) === fold(name));
    if (kept !== undefined) return kept;
    const contact = this.items.find((each) => fold(each.name) === fold(name) || likeness(each.name, name) === 1);
    return { kind: 'person', name: cutLine(name), ...(contact === undefined ? {} : { contact: contact.id }) };
  }
}

const pace = ['primary', 'alternate', 'contingency', 'emergency'] as const;

/** Primary, alternate, contingency and emergency, in the order in which they stand. */
function meansOf({ phones, emails }: UnderstoodContact): readonly MeansOfContact[] {
  const all = [
    ...phones.map((value) => ({ type: 'phone' as const, value })),
    ...emails.map((value) => ({ type: 'email' as const, value })),
  ];
  return all.map(({ type, value }, at) => ({ pace: pace[at] ?? 'emergency', type, value: cutLine(value) }));
}

function sameMeans(one: readonly MeansOfContact[], other: readonly MeansOfContact[]): boolean {
  return other.every(({ value }) => one.some((each) => each.value === value));
}
