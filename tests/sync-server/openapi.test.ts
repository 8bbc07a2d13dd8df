import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problems } from '../../sync-server/problem.ts';
import { bodyOf, openServer, type TestServer } from './support/open-server.ts';

type Described = {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
};
type Operation = {
  readonly summary: string;
  readonly security?: unknown;
  readonly requestBody?: { readonly content: Described['content'] };
  readonly responses: Readonly<Record<string, Described>>;
};
type Description = {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};

let server: TestServer;
let description: Description;

beforeEach(async () => {
  server = await openServer();
  const reply = await server.call({ url: '/api/openapi.json' });
  expect(reply.statusCode).toBe(200);
  description = bodyOf(reply) as Description;
});
afterEach(() => server.close());

const operations = () =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );

/** protocol.md, `POST /api/sync` and The other endpoints; docs/protocol-additions.md. */
const open = [
  'GET /api/health',
  'GET /api/openapi.json',
  'POST /api/enrol',
  'POST /api/session',
  'POST /api/session/challenge',
];
const withToken = [
  'DELETE /api/devices/{id}',
  'DELETE /api/invites/{id}',
  'DELETE /api/people/{person}',
  'DELETE /api/push-subscriptions',
  'GET /api/devices',
  'GET /api/devices/{id}/quarantine',
  'GET /api/history',
  'GET /api/invites',
  'GET /api/journal',
  'GET /api/live',
  'GET /api/push-subscriptions',
  'GET /api/records',
  'GET /api/reminders',
  'GET /api/reminders/{request}',
  'POST /api/devices/{id}/approve',
  'POST /api/invites',
  'POST /api/join-codes',
  'POST /api/push-subscriptions',
  'POST /api/reminders',
  'POST /api/sync',
];

describe('GET /api/openapi.json', () => {
  it('[OPENAPI] is OpenAPI 3.1 of this version and names every route of the protocol, and no other', () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    expect(description.info.version).toBe('1.2.3');
    expect(
      operations()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([...open, ...withToken].toSorted());
  });

  it('[OPENAPI] says which calls need a token', () => {
    const secured = operations().filter(({ operation }) => operation.security !== undefined);
    expect(secured.map(({ name }) => name).toSorted()).toEqual(withToken);
  });

  it('[OPENAPI] describes every body that is read and every success that is sent', () => {
    for (const { name, operation } of operations()) {
      expect(operation.summary, name).not.toBe('');
      // one press says all there is to say
      if (name.startsWith('POST') && name !== 'POST /api/devices/{id}/approve')
        expect(operation.requestBody?.content?.['application/json']?.schema, name).toBeTruthy();
      const [status, success] = Object.entries(operation.responses).find(([each]) => each.startsWith('2')) ?? [];
      expect(status, name).toBeDefined();
      if (status !== '204') expect(Object.values(success?.content ?? {})[0]?.schema, name).toBeTruthy();
    }
  });

  it('[OPENAPI] publishes the schemas of changes, records, entries, requests and replies by name', () => {
    const { schemas } = description.components;
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(['SyncRequestInput', 'SyncReply', 'SyncedRecord', 'Change', 'JournalEntry', 'Head']),
    );
    const text = JSON.stringify(description);
    expect(text).not.toContain('#/$defs/');
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(schemas).toHaveProperty(name);
    const change = schemas['Change'] as { readonly required: readonly string[] };
    const fields = ['base', 'id', 'key', 'kind', 'line', 'n', 'seen', 'stamp', 'v', 'value', 'wall'];
    expect(change.required.toSorted()).toEqual(fields);
  });

  it('[ERRORS] every refusal is described as problem+json, with the codes that belong to its status', () => {
    for (const { name, operation } of operations()) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (status.startsWith('2')) continue;
        const schema = content?.['application/problem+json']?.schema as
          { readonly properties: { readonly code: { readonly enum: readonly (keyof typeof problems)[] } } } | undefined;
        expect(schema, `${name} ${status}`).toBeDefined();
        for (const code of schema?.properties.code.enum ?? []) expect(String(problems[code].status)).toBe(status);
      }
    }
  });
});
