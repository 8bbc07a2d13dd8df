import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import type { AccessLevel } from '../../../src/domain/access/access.ts';
import type { PersonId, WorkspaceId } from '../../../src/domain/ids.ts';
import { err, ok, type Result } from '../../../src/domain/result.ts';
import type { EnrolReply, HistoryChanged, SyncReply, SyncRequest } from '../../../src/domain/sync/protocol.ts';
import { enrolMessage, sessionMessage } from '../../../src/domain/sync/signing.ts';
import type { PublicKey } from '../../../sync-server/journal/journal.ts';
import { JournalPhone } from '../../support/journal-phone.ts';
import { bodyOf, type Reply, type TestServer } from './open-server.ts';

let seeds = 500_000;

/** A phone with a real key that speaks HTTP with a server, as any program written against protocol.md would. */
export class HttpPhone extends JournalPhone {
  readonly server: TestServer;
  readonly privateKey: KeyObject;
  token = '';

  constructor(server: TestServer) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const key: PublicKey = { kty: 'EC', crv: 'P-256', x, y };
    super(server.journal, server.clock, (seeds += 1), key);
    this.server = server;
    this.privateKey = privateKey;
  }

  sign(text: string): string {
    return sign('sha256', Buffer.from(text), { key: this.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  }

  enrolBody(code: string, more: object = {}): object {
    return {
      code,
      publicKey: this.key,
      device: { name: 'phone' },
      weakKey: false,
      signature: this.sign(enrolMessage(this.server.origin, code)),
      ...more,
    };
  }

  tryEnrol(code: string, more: object = {}): Promise<Reply> {
    return this.server.call({ method: 'POST', url: '/api/enrol', payload: this.enrolBody(code, more) });
  }

  /** Enrols and signs in. */
  override async enrol(code: string, person: object | null = null): Promise<Result<EnrolReply, string>> {
    const reply = await this.tryEnrol(code, person === null ? {} : { person });
    if (reply.statusCode !== 201) return err(reply.payload);
    const enrolled = bodyOf(reply) as EnrolReply;
    this.session = {
      workspace: enrolled.workspace.id as WorkspaceId,
      device: this.device,
      person: enrolled.person,
    };
    await this.signIn();
    return ok(enrolled);
  }

  async challenge(device: string = this.device): Promise<string> {
    const reply = await this.server.call({
      method: 'POST',
      url: '/api/session/challenge',
      payload: { device },
    });
    return (bodyOf(reply) as { nonce: string }).nonce;
  }

  trySession(nonce: string, more: object = {}): Promise<Reply> {
    const signature = this.sign(sessionMessage(this.server.origin, this.device, nonce));
    const payload = { device: this.device, nonce, signature, ...more };
    return this.server.call({ method: 'POST', url: '/api/session', payload });
  }

  async trySignIn(): Promise<Reply> {
    return await this.trySession(await this.challenge());
  }

  async signIn(): Promise<void> {
    const reply = await this.trySignIn();
    if (reply.statusCode !== 200) throw new Error(`sign-in: ${reply.payload}`);
    this.token = (bodyOf(reply) as { token: string }).token;
  }

  call(method: NonNullable<InjectOptions['method']>, url: string, more: Partial<InjectOptions> = {}): Promise<Reply> {
    const headers = { authorization: `Bearer ${this.token}`, ...more.headers };
    return this.server.call({ method, url, ...more, headers });
  }

  push(changes: readonly unknown[] = [], more: object = {}): Promise<Reply> {
    return this.call('POST', '/api/sync', { payload: { ...this.request(changes), ...more } });
  }

  override async trySend(
    changes: readonly unknown[] = [],
    more: Partial<SyncRequest> = {},
  ): Promise<Result<SyncReply, HistoryChanged>> {
    const reply = await this.push(changes, more);
    if (reply.statusCode === 409) return err(bodyOf(reply) as HistoryChanged);
    if (reply.statusCode !== 200) throw new Error(`sync: ${String(reply.statusCode)} ${reply.payload}`);
    return ok(bodyOf(reply) as SyncReply);
  }

  tryInvite(more: object = {}): Promise<Reply> {
    const payload = { person: { name: 'Kim' }, access: 'responder', roles: [], expiresInDays: 7, ...more };
    return this.call('POST', '/api/invites', { payload });
  }

  async invite(more: object = {}): Promise<{ readonly code: string; readonly url: string; readonly person: PersonId }> {
    const reply = await this.tryInvite(more);
    if (reply.statusCode !== 201) throw new Error(`invite: ${reply.payload}`);
    return bodyOf(reply) as { readonly code: string; readonly url: string; readonly person: PersonId };
  }
}

/** A new workspace with its first coordinator, signed in. */
export async function setUpByHttp(server: TestServer, name?: string): Promise<HttpPhone> {
  const { code } = await server.newWorkspace(name);
  const phone = new HttpPhone(server);
  const done = await phone.enrol(code, { name: 'Coordinator' });
  if (!done.ok) throw new Error(done.error);
  return phone;
}

/** Somebody new, or another phone of somebody, invited and signed in. */
export async function joinByHttp(
  by: HttpPhone,
  access: AccessLevel,
  roles: readonly string[] = [],
  person?: PersonId,
): Promise<HttpPhone> {
  const named = person === undefined ? {} : { person: { id: person } };
  const { code } = await by.invite({ access, roles, ...named });
  const phone = new HttpPhone(by.server);
  const done = await phone.enrol(code);
  if (!done.ok) throw new Error(done.error);
  return phone;
}
