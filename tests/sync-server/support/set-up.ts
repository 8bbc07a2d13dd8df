import { setTimeout as wait } from 'node:timers/promises';
import { HttpPhone } from './http-phone.ts';
import { bodyOf } from './open-server.ts';
import type { ReadEntries } from './journal-check.ts';
import type { ServerProcess } from './server-process.ts';

/** The coordinator who follows the link that a server printed. */
export async function setUpByLink(server: ServerProcess): Promise<HttpPhone> {
  const code = /\/join#(\S+)/.exec(server.printed)?.[1] ?? '';
  const phone = new HttpPhone(server.asServer());
  const done = await phone.enrol(code, { name: 'Ana' });
  if (!done.ok) throw new Error(done.error);
  return phone;
}

/** The whole journal, page by page, as a coordinator's phone reads it. */
export function journalOf(lead: HttpPhone): ReadEntries {
  return async (after) => {
    const reply = await lead.call('GET', `/api/journal?after=${String(after)}`);
    if (reply.statusCode !== 200) throw new Error(`journal: ${String(reply.statusCode)}`);
    return bodyOf(reply) as unknown as Awaited<ReturnType<ReadEntries>>;
  };
}

/** The random moment at which something is done to a server under load. */
export function pause(ms: number): Promise<void> {
  return wait(ms);
}
