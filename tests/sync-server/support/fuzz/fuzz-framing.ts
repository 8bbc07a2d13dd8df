import { connect, type AddressInfo } from 'node:net';
import { securityHeaders } from '../../../../sync-server/security-headers.ts';
import { setUpByHttp } from '../http-phone.ts';
import type { TestServer } from '../open-server.ts';
import { Draw } from './draw.ts';

/*
 * What no client library sends: heads and lengths that contradict each other, pieces that break off, bytes that are no HTTP.
 */

const atOnce = 20;
const patienceMs = 15_000;

/** Writes `connections` of them to a real socket; gives what was wrong with the answers. */
export async function fuzzFraming(server: TestServer, connections: number, seed: number): Promise<readonly string[]> {
  const draw = new Draw(seed);
  const lead = await setUpByHttp(server);
  if (!server.app.server.listening) await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  const faults: string[] = [];
  for (let done = 0; done < connections && faults.length < 5; done += atOnce) {
    const texts = Array.from({ length: atOnce }, () => brokenRequest(lead.token, JSON.stringify(lead.request()), draw));
    const answers = await Promise.all(texts.map(async (text) => [text, await answerOf(port, text)] as const));
    for (const [text, { heard, ms }] of answers)
      faults.push(
        ...faultsOf(heard, ms, server.origin).map((fault) => `${fault}: ${JSON.stringify(text.slice(0, 600))}`),
      );
    server.clock.pass(1000);
  }
  return faults;
}

type Bend = (head: readonly string[], body: string, draw: Draw) => string;

const joined = (head: readonly string[], body: string, newline = '\r\n') =>
  `${head.join(newline)}${newline}${newline}${body}`;
const withHeader =
  (line: string): Bend =>
  (head, body) =>
    joined([...head, line], body);
const withoutLength =
  (line: string, sent: (body: string) => string): Bend =>
  (head, body) =>
    joined([...head.filter((each) => !each.startsWith('content-length')), line], sent(body));
const withFirst =
  (line: string): Bend =>
  (head, body) =>
    joined([line, ...head.slice(1)], body);

const bends: readonly Bend[] = [
  (head, body) => joined(head, body, '\n'),
  (head, body) => joined(head, body, '\r'),
  (head, body, draw) => joined(head, body).slice(0, draw.below(joined(head, body).length)),
  (head, body) => joined(head, body) + joined(head, body) + joined(head, body.slice(1)),
  (head, body) => joined(head, body.slice(0, -5)),
  (head, body) => joined(head, `${body}GET /api/devices HTTP/1.1\r\nhost: x\r\n\r\n`),
  (_head, _body, draw) => draw.text(200, '\0\x01\x7f\xff\r\n :/abc'),
  (head, body) => joined([...head.slice(0, 2), ' folded: line', ...head.slice(2)], body),
  (head, body) =>
    joined(
      head.filter((line) => !line.startsWith('host')),
      body,
    ),
  (head, body, draw) =>
    joined([...head, ...Array.from({ length: 300 }, (_, at) => `x-${String(at)}: ${draw.text(9, 'ab')}`)], body),
  ...['-1', '1e3', '0x10', '+5', '99999999999999999999', '5, 6', '', ' ', '5\0'].map((length) =>
    withoutLength(`content-length: ${length}`, (body) => body),
  ),
  ...['chunked, chunked', 'gzip, chunked', 'identity', 'chunked\0', ' chunked', 'xchunked'].map((coding) =>
    withoutLength(`transfer-encoding: ${coding}`, (body) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`),
  ),
  withoutLength('transfer-encoding: chunked', (body) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`),
  withoutLength('transfer-encoding: chunked', (body) => `ffffffffffffffff\r\n${body}`),
  withoutLength('transfer-encoding: chunked', (body) => `-5\r\n${body}\r\n0\r\n\r\n`),
  withoutLength('transfer-encoding: chunked', (body) => `5;${'x'.repeat(20_000)}\r\n${body}\r\n0\r\n\r\n`),
  withoutLength('transfer-encoding: chunked', (body) => `5\r\n${body.slice(0, 3)}\r\n0\r\n\r\n`),
  withHeader('transfer-encoding: chunked'),
  withHeader('no colon here'),
  withHeader('bad name: x'),
  withHeader(': x'),
  withHeader('x: \x01'),
  withHeader('expect: 100-continue'),
  withHeader('expect: the-unexpected'),
  withHeader('upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: x'),
  withHeader('connection: close, keep-alive, upgrade'),
  withHeader(`x: ${'y'.repeat(30_000)}`),
  withFirst('GET / HTTP/0.9'),
  withFirst('GET / HTTP/3.0'),
  withFirst('PRI * HTTP/2.0'),
  withFirst('CONNECT example.org:443 HTTP/1.1'),
  withFirst('TRACE / HTTP/1.1'),
  withFirst('get /api/health http/1.1'),
  withFirst('GET http://example.org/api/health HTTP/1.1'),
  withFirst('GET //example.org/api/health HTTP/1.1'),
  withFirst('OPTIONS * HTTP/1.1'),
  withFirst(`GET /${'a'.repeat(20_000)} HTTP/1.1`),
  withFirst('GET /api/health\0 HTTP/1.1'),
  withFirst('GET /api/../../etc/passwd HTTP/1.1'),
  withFirst('GET  /api/health  HTTP/1.1'),
];

function brokenRequest(token: string, body: string, draw: Draw): string {
  const head = [
    draw.of(['POST /api/sync HTTP/1.1', 'POST /api/enrol HTTP/1.1', 'GET /api/devices HTTP/1.1']),
    'host: plan.example.org',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    `content-length: ${String(Buffer.byteLength(body))}`,
  ];
  return draw.of(bends)(head, body, draw);
}

function answerOf(port: number, text: string): Promise<{ readonly heard: string; readonly ms: number }> {
  const began = performance.now();
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')));
    socket.setEncoding('latin1').on('data', (piece: string) => (heard += piece));
    socket.on('error', () => undefined).once('close', () => resolve({ heard, ms: performance.now() - began }));
  });
}

/** A connection may be closed without a word; a word is an answer in due form. */
function faultsOf(heard: string, ms: number, origin: string): readonly string[] {
  const faults = ms > patienceMs ? [`was open for ${String(Math.round(ms))} ms`] : [];
  if (heard === '') return faults;
  const answers = heard.split(/(?=HTTP\/1\.1 \d{3} )/);
  for (const answer of answers) {
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
    // the word between head and body
    if (status === 100) continue;
    if (status < 200 || status >= 500) faults.push(`answered ${answer.slice(0, 80)}`);
    const lower = answer.toLowerCase();
    for (const [name, value] of Object.entries(securityHeaders(origin)))
      if (!lower.includes(`${name}: ${value.toLowerCase()}`)) faults.push(`has no ${name}: ${answer.slice(0, 200)}`);
    if (status >= 400 && !lower.includes('application/problem+json'))
      faults.push(`is no problem: ${answer.slice(0, 200)}`);
  }
  return faults;
}
