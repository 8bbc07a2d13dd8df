import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canOthersInstall, readConfig } from '../../sync-server/config.ts';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('configuration', () => {
  it('[START] everything has a default', () => {
    const defaults = {
      port: 8787,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: null,
      publicUrl: 'http://localhost:8787',
      setupCode: null,
      mail: null,
      push: null,
      logLevel: 'info',
    };
    expect(readConfig({})).toEqual({ ok: true, value: defaults });
    expect(readConfig({ PORT: '', HOST: ' ', SETUP_CODE: '' })).toEqual({ ok: true, value: defaults });
    expect(readConfig({ PORT: '9000' })).toMatchObject({ value: { publicUrl: 'http://localhost:9000' } });
  });

  it('[START] a proxy on the same host changes the address that people open and nothing else', () => {
    const config = readConfig({ PUBLIC_URL: 'https://Plan.Example.org/' });
    expect(config).toMatchObject({ value: { publicUrl: 'https://plan.example.org', host: '127.0.0.1', port: 8787 } });
    expect(config.ok && canOthersInstall(config.value)).toBe(true);
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80x'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'plan.example.org'],
    ['PUBLIC_URL', 'ftp://plan.example.org'],
    ['PUBLIC_URL', 'https://plan.example.org/holdfast'],
    ['PUBLIC_URL', 'https://user:word@plan.example.org'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://localhost/holdfast'],
    ['MAIL_FROM', 'a@example.org'],
    ['SMTP_URL', 'http://mail.example.org'],
  ])('[SEC-25] %s=%s is refused in one sentence that names it', (name, value) => {
    const read = readConfig({ [name]: value });
    expect(read).toEqual({ ok: false, error: expect.stringMatching(new RegExp(`^${name}[^\\n]+\\.$`)) as string });
  });

  it.each(['short', 'UUUUUUUUUUUU', 'ÄÖÜÄÖÜÄÖÜÄÖÜ', 'A'.repeat(65)])(
    '[SEC-1] a SETUP_CODE that is none is refused without being told: %s',
    (value) => {
      const read = readConfig({ SETUP_CODE: value });
      expect(read.ok ? '' : read.error).toMatch(/^SETUP_CODE must/);
      expect(read.ok ? value : read.error).not.toContain(value);
    },
  );

  it('[START] a mail server and an address to send from are both named, or neither', () => {
    const url = 'smtps://user:p%40ss@mail.example.org:465';
    const from = 'holdfast@example.org';
    expect(readConfig({ SMTP_URL: url, MAIL_FROM: from })).toMatchObject({ value: { mail: { url, from } } });
    expect(readConfig({ SMTP_URL: url })).toMatchObject({
      error: expect.stringMatching(/^MAIL_FROM is missing/) as string,
    });
    for (const wrong of ['Holdfast <a@example.org>', 'a@example.org, b@example.org', 'a'])
      expect(readConfig({ SMTP_URL: url, MAIL_FROM: wrong })).toMatchObject({
        error: expect.stringMatching(/^MAIL_FROM must/) as string,
      });
  });

  it.each([
    'smtp:mail.example.org:25',
    'smtps://user@mail.example.org',
    'smtps://user:p%zz@mail.example.org',
    'smtp://a:secret@b/c?d',
  ])('[SEC-25] an SMTP_URL that is none is refused without being told: %s', (value) => {
    const read = readConfig({ SMTP_URL: value, MAIL_FROM: 'a@example.org' });
    expect(read.ok ? '' : read.error).toMatch(/^SMTP_URL must/);
    expect(read.ok ? value : read.error).not.toContain(value);
  });

  it('[START] docs/operations.md lists every variable with its default, and no other', () => {
    const [, table = ''] = text('docs/operations.md').split('## Configuration');
    const rows = [...(table.split('\n## ')[0] ?? '').matchAll(/^\| `([A-Z_]+)` +\| (.*?) +\|/gm)];
    const listed = rows.map(([, name = '', fallback = '']) => [name, fallback.replaceAll('`', '')]);
    const read = [...text('sync-server/config.ts').matchAll(/read\('([A-Z_]+)'\)(?: \?\? [`']([^`']*)[`'])?/g)];
    const known = read.map(([, name = '', fallback]) => [
      name,
      fallback?.replace(/\$\{.*\}/, '<PORT>') ?? 'a random one',
    ]);
    const usual = ['PUSH_HOSTS', 'the usual ones'] as const;
    const none = ['DATABASE_URL', 'SMTP_URL', 'MAIL_FROM', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'].map(
      (name) => [name, 'none'] as const,
    );
    expect(new Map(listed as [string, string][])).toEqual(new Map([...(known as [string, string][]), ...none, usual]));
  });

  it('[START] docs/operations.md lists every command of the console', () => {
    const commands = [...text('sync-server/console-commands.ts').matchAll(/^ {4}case '([a-z-]+)':/gm)];
    for (const [, name = ''] of commands) expect(text('docs/operations.md')).toContain(`npm run console -- ${name}`);
    expect(commands).toHaveLength(10);
  });
});
