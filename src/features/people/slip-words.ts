import type { Invite } from '../../domain/ports/server-api.ts';
import { accessWords } from '../../parts/access-words.ts';
import { roleTitles } from '../../parts/rights-words.ts';
import type { Good } from './make-invites.ts';
import type { PeopleView } from './people-page.tsx';

/** An invite as a row of a file: name, access, roles, link, code, until when. */
export function slipWords({ plan }: PeopleView, who: Good, invite: Invite): readonly string[] {
  const roles = roleTitles(plan, who.roles);
  return [who.name, accessWords[who.access].label, roles.join('; '), invite.url, invite.code, invite.expiresAt];
}
