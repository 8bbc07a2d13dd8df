import { err, ok, type Result } from '../src/domain/result.ts';

/** One push service: `*.` before it stands for one or more names. With a port it is just there, and may be a private address. */
type PushHost = { readonly name: string; readonly isSuffix: boolean; readonly port: string | null };

export type PushHosts = readonly PushHost[];

/** The push services of Chromium, Firefox, Safari and Edge. */
export const usualPushHosts =
  'fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com';

const form = /^(\*\.)?((?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*)(?::(\d{1,5}))?$/;

export function readPushHosts(raw: string): Result<PushHosts, string> {
  const hosts: PushHost[] = [];
  for (const each of raw.split(',')) {
    const [whole, star, name = '', port] = form.exec(each.trim().toLowerCase()) ?? [];
    if (whole === undefined)
      return err(`PUSH_HOSTS must be names of hosts with commas between them, like ${usualPushHosts}, not "${raw}".`);
    hosts.push({ name, isSuffix: star !== undefined, port: port ?? null });
  }
  return ok(hosts);
}

/** What is known of where an endpoint leads; null where nothing is ever sent there. */
export function reachOf(hosts: PushHosts, endpoint: string): 'public' | 'named' | null {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  const host = hosts.find(
    ({ name, isSuffix, port }) =>
      (isSuffix ? url.hostname.endsWith(`.${name}`) : url.hostname === name) && url.port === (port ?? ''),
  );
  if (host === undefined) return null;
  return host.port === null ? 'public' : 'named';
}
