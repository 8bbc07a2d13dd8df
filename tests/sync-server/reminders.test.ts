import { afterEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/domain/ids.ts';
import { minute } from '../../src/domain/time.ts';
import { openMail } from '../../sync-server/mail.ts';
import { openMailServer, textOf, type MailServer, type Manners } from '../support/mail-server.ts';
import { joinByHttp, setUpByHttp, type HttpPhone } from './support/http-phone.ts';
import { databases } from './support/open-on-postgres.ts';
import { bodyOf, openServer, origin, type Reply, type TestServer } from './support/open-server.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Result = { readonly person: PersonId; readonly way: string | null; readonly result: string };

async function start(manners: Manners = {}, open: typeof openServer = openServer) {
  const mails = await openMailServer(manners);
  closing.push(mails.close);
  const ways = { mail: await openMail({ url: mails.url, from: 'holdfast@plan.example.org' }), push: null };
  const server = await open({ ways });
  closing.push(server.close);
  return { mails, server, lead: await setUpByHttp(server) };
}

/** Somebody with this address. */
async function member(lead: HttpPhone, address: string, access: 'responder' | 'coordinator' = 'responder') {
  const phone = await joinByHttp(lead, access);
  const contacts = [{ type: 'email', value: address, verifiedAt: null }];
  await phone.sync();
  await phone.sync([phone.edit('person', phone.person, { name: 'Kim Secretname', contacts })]);
  return phone;
}

const remind = (lead: HttpPhone, request: string, people: readonly PersonId[], more: object = {}): Promise<Reply> =>
  lead.call('POST', '/api/reminders', {
    payload: { request, people: people.map((person) => ({ person, points: ['card', 'test'] })), ...more },
  });
const resultsOf = (reply: Reply) => (bodyOf(reply) as { results: readonly Result[] }).results;

/** What came of it once nothing waits any more. */
async function settled(lead: HttpPhone, request: string): Promise<readonly Result[]> {
  for (;;) {
    const results = resultsOf(await lead.call('GET', `/api/reminders/${request}`));
    if (results.every(({ result }) => result !== 'waiting')) return results;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('reminders by mail', () => {
  it('[REMIND-10] one mail arrives: fixed words in plain text, the app’s address, no name, nothing of the plan', async () => {
    const { mails, lead } = await start();
    const kim = await member(lead, 'kim@example.org');
    const reply = await remind(lead, 'r1', [kim.person, 'nobody' as PersonId]);
    expect([reply.statusCode, resultsOf(reply)]).toEqual([
      202,
      [
        { person: kim.person, way: 'mail', result: 'waiting' },
        { person: 'nobody', way: null, result: 'no-way' },
      ],
    ]);
    expect(await settled(lead, 'r1')).toEqual([{ person: kim.person, way: 'mail', result: 'sent' }]);
    const [mail] = mails.received;
    expect(mail).toMatchObject({ from: 'holdfast@plan.example.org', to: ['kim@example.org'] });
    const { head, body } = textOf(mail ?? { from: '', to: [], text: '' });
    expect(head).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    expect(head).toMatch(/^Subject: Holdfast: your phone is not ready yet/m);
    expect(head).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(body).toContain('1. Read your role card and confirm it on Now.');
    expect(body).toContain('2. Test your phone');
    expect(body).toContain(`${origin}/now`);
    expect(head + body).not.toMatch(/Secretname|Coordinator\b(?! of)|<[a-z]+[ >]/);
  });

  it('[REMIND-10] the same request again, and another within six hours, send nothing; said again it does', async () => {
    const { mails, server, lead } = await start();
    const kim = await member(lead, 'kim@example.org');
    await remind(lead, 'r1', [kim.person]);
    await settled(lead, 'r1');
    expect(resultsOf(await remind(lead, 'r1', [kim.person]))).toMatchObject([{ result: 'sent' }]);
    expect(resultsOf(await remind(lead, 'r2', [kim.person]))).toEqual([
      { person: kim.person, way: null, result: 'too-soon' },
    ]);
    server.clock.pass(20 * minute);
    await remind(lead, 'r3', [kim.person, kim.person], { again: true });
    await settled(lead, 'r3');
    expect(mails.received).toHaveLength(2);
    const { ways, people, latest } = bodyOf(await lead.call('GET', '/api/reminders'));
    expect([ways, people]).toEqual([['mail'], [{ person: kim.person, ways: ['mail'] }]]);
    expect(latest).toMatchObject([{ person: kim.person, by: lead.person, result: 'sent' }]);
  });

  it('[REMIND-11] what the mail server refuses for good is told apart from what may be tried again', async () => {
    const answers: Record<string, string> = { 'gone@example.org': '550 no such user', 'full@example.org': '452 full' };
    const { mails, server, lead } = await start({ onRecipient: (address) => answers[address] ?? '250 yes' });
    const [gone, full, kim] = [
      await member(lead, 'gone@example.org'),
      await member(lead, 'full@example.org'),
      await member(lead, 'kim@example.org'),
    ];
    await remind(lead, 'r1', [gone.person, full.person, kim.person]);
    const results = new Map((await settled(lead, 'r1')).map(({ person, result }) => [person, result]));
    expect([gone, full, kim].map(({ person }) => results.get(person))).toEqual(['refused', 'failed', 'sent']);
    delete answers['full@example.org'];
    await remind(lead, 'r2', [full.person]);
    expect(await settled(lead, 'r2')).toMatchObject([{ result: 'sent' }]);
    expect(new Set(mails.received.map(({ to }) => to[0]))).toEqual(new Set(['full@example.org', 'kim@example.org']));
    expect(server.logged.join('')).not.toMatch(/example\.org"|gone@|no such user/);
    expect(server.logged.join('')).toContain('"result":"refused"');
  });

  it('[SEC-REMIND] no address, no text and no header comes from a request, and no record makes two recipients of one', async () => {
    const { mails, lead } = await start();
    const evil = await member(lead, 'kim@example.org\r\nBcc: all@example.org');
    const two = await member(lead, 'a@example.org, b@example.org');
    const kim = await member(lead, 'kim@example.org');
    for (const payload of [
      { request: 'r1', people: [{ person: kim.person, points: ['card\r\nBcc: all@example.org'] }] },
      { request: 'r1', people: [{ person: kim.person, points: [] }] },
      { request: 'r1\r\n', people: [{ person: kim.person, points: ['card'] }] },
      { request: 'r1', people: [] },
    ])
      expect((await lead.call('POST', '/api/reminders', { payload })).statusCode).toBe(400);
    const people = [evil, two, kim].map(({ person }) => ({ person, points: ['card'], email: 'all@example.org' }));
    await lead.call('POST', '/api/reminders', { payload: { request: 'r2', people, to: 'all@example.org', text: 'x' } });
    await settled(lead, 'r2');
    expect(mails.received.map(({ to }) => to)).toEqual([['kim@example.org']]);
    expect(mails.received[0]?.text).not.toMatch(/(?:all|b)@example/);
  });

  it('[REMIND-12] a mail server that never speaks holds up neither syncs nor stopping, and few connections at once', async () => {
    const { mails, server, lead } = await start({ greeting: null });
    const people: PersonId[] = [];
    for (let at = 0; at < 6; at += 1) people.push((await member(lead, `kim${String(at)}@example.org`)).person);
    await remind(lead, 'r1', people);
    await expect.poll(() => mails.mostAtOnce()).toBe(4);
    expect((await lead.sync()).outcomes).toEqual([]);
    await server.app.close();
    const left = await server.journal.reminders.of(lead.session.workspace, 'r1', server.clock.now);
    expect(left.map(({ result }) => result)).toEqual(people.map(() => 'waiting'));
  });

  it('[REMIND-12] a mail server that is not there fails each, and says so in the log', async () => {
    const gone: MailServer = await openMailServer();
    await gone.close();
    const server: TestServer = await openServer({
      ways: { mail: await openMail({ url: gone.url, from: 'a@b.example' }), push: null },
    });
    closing.push(server.close);
    const lead = await setUpByHttp(server);
    const kim = await member(lead, 'kim@example.org');
    await remind(lead, 'r1', [kim.person]);
    expect(await settled(lead, 'r1')).toMatchObject([{ result: 'failed' }]);
    expect(server.logged.join('')).toMatch(/"event":"reminded","way":"mail","result":"failed","reason":"E[A-Z]+"/);
  });

  it.each(databases)(
    '[REMIND-13] to whom no way leads is not reminded, and only a coordinator reminds: %s',
    async (_, open) => {
      const server = await open();
      closing.push(server.close);
      const lead = await setUpByHttp(server);
      const kim = await member(lead, 'kim@example.org');
      expect(bodyOf(await lead.call('GET', '/api/reminders'))).toEqual({ ways: ['push'], people: [], latest: [] });
      expect(resultsOf(await remind(lead, 'r1', [kim.person]))).toEqual([
        { person: kim.person, way: null, result: 'no-way' },
      ]);
      expect((await remind(kim, 'r2', [lead.person])).statusCode).toBe(403);
    },
  );
});
