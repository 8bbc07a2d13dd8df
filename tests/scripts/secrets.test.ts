import { describe, expect, it } from 'vitest';
import { sourceFiles, textOf } from './source-files.ts';

/*
 * Nothing in the repository opens anything: no key, no token, no password of a real place.
 */

const secrets: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  'a private JWK': /"d"\s*:\s*"[A-Za-z0-9_-]{43}"/,
  'a cloud key': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[A-Za-z0-9_-]{35}\b/,
  'a token of a forge or registry':
    /\b(?:ghp|gho|ghs|ghu|github_pat|glpat|npm)_[A-Za-z0-9_]{20,}\b|\bglpat-[\w-]{20}\b/,
  'a token of a chat': /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/,
  'a signed token': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b/,
  'a password in an address':
    /\b[a-z][a-z0-9+]*:\/\/[^\s:/@'"`${}]+:(?!password@|secret@|x@|p@)[^\s:/@'"`${}]{3,}@(?!localhost|127\.0\.0\.1|host\b|db\b|nowhere)[\w.-]+/i,
};

/** What is there on purpose: keys of phones that were recorded and open nothing, an address that leads nowhere. */
const known: readonly string[] = [
  'tests/fixtures/protocol-1/2026-11-additions/exchanges.json: a private JWK',
  'tests/fixtures/protocol-1/2026-11-additions/phone.json: a private JWK',
  'tests/fixtures/protocol-1/2026-11/exchanges.json: a private JWK',
  'tests/fixtures/protocol-1/2026-11/phone.json: a private JWK',
  'tests/sync-server/config.test.ts: a password in an address',
];

const found = (files: ReadonlyMap<string, string>) =>
  [...files].flatMap(([path, text]) =>
    Object.entries(secrets)
      .filter(([, form]) => form.test(text))
      .map(([what]) => `${path}: ${what}`),
  );

const everything = /\.(?:ts|tsx|mjs|js|json|md|css|html|sh|ya?ml|env|txt|webmanifest)$|\/(?:\.npmrc|Dockerfile)$/;

describe('the repository', () => {
  it('[SEC-SECRETS] holds no key, token or password', () => {
    const files = new Map(sourceFiles(['src', 'sync-server', 'scripts', 'tests', 'docs', 'public', '.ci'], everything));
    for (const name of [
      'package.json',
      'package-lock.json',
      '.npmrc',
      'README.md',
      'SECURITY.md',
      'CHANGELOG.md',
      'index.html',
    ])
      files.set(name, textOf(name));
    expect(files.size).toBeGreaterThan(500);
    expect(found(files)).toEqual(known);
  });

  it.each([
    ['a private key', ['-----BEGIN', 'EC PRIVATE KEY-----'].join(' ')],
    ['a private JWK', ['{"kty":"EC", "d"', `: "${'x'.repeat(43)}"}`].join('')],
    ['a cloud key', `AKIA${'Q'.repeat(16)}`],
    ['a token of a forge or registry', `ghp_${'a1'.repeat(18)}`],
    ['a signed token', `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`],
    ['a password in an address', ['postgres://holdfast:', 'hunter22', '@db7.example.org/x'].join('')],
  ])('[SEC-SECRETS] would see %s', (what, text) => {
    expect(found(new Map([['planted', text]]))).toEqual([`planted: ${what}`]);
  });
});
