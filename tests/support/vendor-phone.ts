import { vendorCopy } from '../../src/domain/access/plan-part.ts';
import type { RoleId } from '../../src/domain/ids.ts';
import { publishVersion } from '../../src/parts/activation.ts';
import { activation, aPhone, makeMember, personOf, type Phone } from './phone.tsx';

/** A vendor's phone ten minutes into an incident: of the built-in plan it holds only what belongs to these roles. */
export async function aVendorPhone(roles: readonly string[]): Promise<Phone> {
  const phone = await aPhone();
  const plan = await phone.ports.builtInPlan();
  const person = await personOf(phone);
  const published = publishVersion({ ...plan, ...vendorCopy(plan, roles as readonly RoleId[]) }, person);
  const { drafts } = await activation(phone, { plan: plan.hash });
  const written = await phone.storage.records.write([published, ...drafts]);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  await makeMember(phone, 'vendor', roles);
  return phone;
}
