import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './self-signed.ts';

/** A subscription in due form at a place where nobody listens. */
export const sampleSubscription = {
  endpoint: 'https://localhost:9/push/sample',
  keys: {
    // the generator of P-256
    p256dh: 'BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU',
    auth: 'A'.repeat(22),
  },
} as const;

export type ReceivedPush = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly text: string };

export type PushReceiver = {
  readonly host: string;
  /** The certificate, for whoever is to trust it. */
  readonly cert: string;
  readonly received: readonly ReceivedPush[];
  /** A browser that takes notifications here. */
  readonly subscription: (path: string) => Subscription;
  readonly close: () => Promise<void>;
};
type Subscription = {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
};

/** A push service (RFC 8030) and its browsers: takes what is sent, answers as the path says, and decrypts it (RFC 8291). */
export async function openPushReceiver(): Promise<PushReceiver> {
  const { key, cert } = selfSigned();
  const received: ReceivedPush[] = [];
  const browser = createECDH('prime256v1');
  const p256dh = browser.generateKeys();
  const auth = randomBytes(16);
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const text = decrypted(Buffer.concat(chunks), browser.computeSecret.bind(browser), p256dh, auth);
      received.push({ path, headers: request.headers, text });
      const status = Number(/\/(\d{3})$/.exec(path)?.[1] ?? '201');
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const host = `localhost:${String((server.address() as AddressInfo).port)}`;
  return {
    host,
    cert,
    received,
    subscription: (path) => ({
      endpoint: `https://${host}/${path}`,
      keys: { p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') },
    }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function decrypted(body: Buffer, secretWith: (key: Buffer) => Buffer, own: Buffer, auth: Buffer): string {
  const [salt, length] = [body.subarray(0, 16), body[20] ?? 0];
  const theirs = body.subarray(21, 21 + length);
  const derive = (secret: Buffer, by: Buffer, what: Buffer, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, by, what, bytes));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs]);
  const secret = derive(secretWith(theirs), auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const sealed = body.subarray(21 + length);
  const open = createDecipheriv('aes-128-gcm', key, nonce);
  open.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
  return text.subarray(0, text.lastIndexOf(2)).toString();
}
