import type { ContactId } from '../ids.ts';
import type { Contact, Holder, MeansOfContact, Role } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';
import { fold, likeness } from './fold.ts';
import { KnownNames } from './known-names.ts';
import { cutLine } from './item-texts.ts';
import { unsalted } from '../plan/unsalted.ts';
import type { UnderstoodContact, UnderstoodPlan } from './understood.ts';

/** The contacts of a document, and the holders of its roles bound to them. */
export class ContactItems {
  readonly items: readonly Contact[];
  private readonly understood: UnderstoodPlan;

  constructor(understood: UnderstoodPlan, plan: Plan) {
    this.understood = understood;
    const known = new KnownNames<Contact>(plan.contacts, ({ name }) => name);
    this.items = understood.contacts.map((contact, at): Contact => {
      const before = known.find(contact.name);
      const means = meansOf(contact);
      if (before !== null) return withMeans(before, means);
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
    return items.map((role, at) => {
      const said = this.understood.roles[at];
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

/** What is new comes behind what there is, which nobody took back. */
function withMeans(before: Contact, said: readonly MeansOfContact[]): Contact {
  const added = said.filter(({ value }) => !before.means.some((each) => each.value === value));
  if (added.length === 0) return before;
  const means = [...before.means, ...added].map((each, at) => ({
    ...each,
    pace: before.means[at]?.pace ?? pace[at] ?? 'emergency',
  }));
  return { ...before, means, verifiedAt: null };
}
