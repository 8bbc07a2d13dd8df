import { Agent, request } from 'node:https';
import type { ReminderText } from '../src/domain/readiness/reminder-text.ts';
import type { PushTarget } from './journal/push-subscriptions.ts';
import type { Delivery } from './mail.ts';
import { lookupPublic } from './public-address.ts';
import { reachOf } from './push-hosts.ts';
import type { PushConfig } from './reminder-config.ts';

export type Push = {
  /** By which browsers know this server. */
  readonly key: string;
  /** Whether an endpoint leads to a push service that this server speaks with. */
  readonly mayReach: (endpoint: string) => boolean;
  /** To one device. `gone`: it takes none there any more. Resolves whatever the push service does. */
  readonly send: (
    to: PushTarget,
    text: ReminderText,
    signal: AbortSignal,
  ) => Promise<Delivery | { readonly result: 'gone' }>;
};

/** Seconds that a push service keeps it for a phone that is off: a day later the coordinator asks anew. */
const keptFor = 24 * 60 * 60;

/**
 * Web Push (RFC 8030): the text is encrypted for the device (RFC 8291, aes128gcm), so that the push service can't read it. An endpoint
 * comes from a phone: only https to the hosts that are allowed, there only to public addresses, no redirect, and of the answer only
 * its status.
 */
export async function openPush({ privateKey, publicKey, subject, hosts }: PushConfig): Promise<Push> {
  // only who sends notifications waits for this to load
  const { default: webPush } = await import('web-push');
  const agents = { public: new Agent({ lookup: lookupPublic }), named: new Agent() };
  return {
    key: publicKey,
    mayReach: (endpoint) => reachOf(hosts, endpoint) !== null,
    async send({ endpoint, p256dh, auth }, text, signal) {
      const reach = reachOf(hosts, endpoint);
      if (reach === null) return { result: 'refused', reason: 'host not allowed' };
      try {
        const { headers, body } = webPush.generateRequestDetails(
          { endpoint, keys: { p256dh, auth } },
          JSON.stringify(text),
          {
            vapidDetails: { subject, publicKey, privateKey },
            TTL: keptFor,
            contentEncoding: 'aes128gcm',
            topic: 'reminder',
          },
        );
        return deliveryOf(await post(endpoint, headers, body, agents[reach], signal));
      } catch (error) {
        const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
        return { result: 'failed', reason: String(typeof code === 'string' ? code : name) };
      }
    },
  };
}

function post(
  endpoint: string,
  headers: Record<string, string>,
  body: Buffer | null,
  agent: Agent,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(endpoint, { method: 'POST', headers, agent, signal }, (response) => {
      resolve(response.statusCode ?? 0);
      // an answer without end costs nothing
      response.on('error', () => undefined).destroy();
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function deliveryOf(status: number): Delivery | { readonly result: 'gone' } {
  if (status >= 200 && status < 300) return { result: 'sent' };
  if (status === 404 || status === 410) return { result: 'gone' };
  return { result: 'failed', reason: String(status) };
}
