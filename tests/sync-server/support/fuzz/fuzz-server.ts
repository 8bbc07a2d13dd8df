import { problems } from '../../../../sync-server/problem.ts';
import { securityHeaders } from '../../../../sync-server/security-headers.ts';
import { beginningOfStream, type Beginning } from '../beginning-of-stream.ts';
import { bodyOf, type TestServer } from '../open-server.ts';
import { Draw } from './draw.ts';
import type { Schema } from './from-schema.ts';
import { fuzzRequest, type FuzzRequest, type Route } from './fuzz-request.ts';
import { fuzzTeam, type FuzzTeam } from './fuzz-team.ts';

type Described = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};
type DescribedOperation = {
  readonly parameters?: Route['parameters'];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
};

/** Of this many requests each pair of workspaces has its share; then new ones come, since a few requests can ruin a workspace. */
const requestsPerTeams = 800;
const atOnce = 8;
/** Two orders of magnitude over the usual. */
const patienceMs = 10_000;

export type FuzzReport = {
  readonly requests: number;
  /** How often each route answered with each status: a fuzz that is only ever refused at the door finds nothing. */
  readonly answered: ReadonlyMap<string, number>;
  readonly slowestMs: number;
  /** What must not be, with the request that showed it. */
  readonly faults: readonly string[];
};

/** Asks every route of openapi.json, `requests` times in all, and says what was wrong with the answers. */
export async function fuzzServer(server: TestServer, requests: number, seed: number): Promise<FuzzReport> {
  const draw = new Draw(seed);
  const described = bodyOf(await server.call({ url: '/api/openapi.json' })) as unknown as Described;
  const routes = routesOf(described);
  const canaries: string[] = [];
  const answered = new Map<string, number>();
  const faults: string[] = [];
  let slowestMs = 0;
  let teams: readonly FuzzTeam[] = [];
  for (let done = 0; done < requests && faults.length < 5; done += atOnce) {
    if (done % requestsPerTeams === 0) {
      const names = ['a', 'b'].map((name) => `canary-${name}-${String(done)}-${draw.text(12, 'abcdefghij')}`);
      canaries.push(...names);
      teams = await Promise.all(names.map((name) => fuzzTeam(server, name)));
    }
    server.clock.pass(atOnce * 120);
    const world = { teams, named: described.components.schemas, draw };
    const asked = Array.from({ length: Math.min(atOnce, requests - done) }, () => fuzzRequest(draw.of(routes), world));
    for (const each of await Promise.all(asked.map((request) => answerTo(server, request)))) {
      const { route } = each.request;
      const name = `${route.method} ${route.path} ${String(each.reply.statusCode)}`;
      answered.set(name, (answered.get(name) ?? 0) + 1);
      slowestMs = Math.max(slowestMs, each.ms);
      faults.push(...faultsOf(each, server, canaries).map((fault) => `${fault}\n${written(each)}`));
    }
  }
  return { requests, answered, slowestMs, faults };
}

function routesOf({ paths }: Described): readonly Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content['application/json']?.schema ?? null,
      codes: new Map(
        Object.entries(responses).map(([status, { content }]) => [
          Number(status),
          (content?.['application/problem+json']?.schema.properties?.['code']?.enum ?? []) as readonly string[],
        ]),
      ),
      streams: responses['200']?.content?.['text/event-stream'] !== undefined,
    })),
  );
}

type Answered = {
  readonly request: FuzzRequest;
  readonly reply: Beginning;
  readonly ms: number;
};

async function answerTo(server: TestServer, request: FuzzRequest): Promise<Answered> {
  const began = performance.now();
  const reply = request.route.streams
    ? await beginningOfStream(server, request.options)
    : await server.call(request.options);
  return { request, reply, ms: performance.now() - began };
}

function faultsOf(
  { request, reply, ms }: Answered,
  server: TestServer,
  canaries: readonly string[],
): readonly string[] {
  const { statusCode, headers, payload } = reply;
  const faults: string[] = [];
  if (statusCode >= 500) faults.push(`answered ${String(statusCode)}`);
  if (ms > patienceMs) faults.push(`took ${String(Math.round(ms))} ms`);
  for (const [name, value] of Object.entries(securityHeaders(server.origin)))
    if (headers[name] !== value) faults.push(`has ${name}: ${String(headers[name])}`);
  if (headers['cache-control'] !== 'no-store') faults.push(`has cache-control: ${String(headers['cache-control'])}`);
  const foreign = canaries.find((canary) => canary !== request.asker?.canary && payload.includes(canary));
  if (foreign !== undefined) faults.push(`tells ${foreign}, which is another workspace's`);
  if (/node_modules|SQLITE_|\n {4}at /.test(payload)) faults.push('tells of the inside');
  if (statusCode >= 400 && request.options.method !== 'HEAD') faults.push(...faultsOfProblem(request, reply));
  return faults;
}

function faultsOfProblem(
  { route, isThatRoute }: FuzzRequest,
  { statusCode, headers, payload }: Answered['reply'],
): readonly string[] {
  if (!String(headers['content-type']).startsWith('application/problem+json'))
    return [`is ${String(headers['content-type'])}, no problem`];
  const { code, status } = JSON.parse(payload) as { readonly code: keyof typeof problems; readonly status: number };
  if (problems[code]?.status !== statusCode || status !== statusCode) return [`has the code ${code}`];
  const told = route.codes.get(statusCode) ?? [];
  return isThatRoute && !told.includes(code) ? [`answered ${code}, which openapi.json does not tell of`] : [];
}

function written({ request: { options }, reply }: Answered): string {
  const { method, url, headers, payload } = options;
  const short = (text: unknown) => String(text).slice(0, 2_000);
  return [
    `${String(method)} ${short(url)}`,
    JSON.stringify(headers),
    short(Buffer.isBuffer(payload) ? payload.toString('base64') : payload),
    `→ ${String(reply.statusCode)} ${short(reply.payload)}`,
  ].join('\n');
}
