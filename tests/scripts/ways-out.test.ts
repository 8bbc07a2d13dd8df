import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/*
 * What the code can't do is cheaper to hold than what it must not do: the server speaks with nobody but its database, the mail
 * server and the push services that its operator named and who asks it, and no text becomes markup or script.
 */

/** Modules that can open a connection, and the one thing that is taken from each. */
const takenFrom: Readonly<Record<string, readonly string[]>> = {
  'sync-server/connections.ts': ["import { Socket } from 'node:net'"],
  'sync-server/error-replies.ts': ["import { STATUS_CODES } from 'node:http'"],
  // to the one address of SMTP_URL
  'sync-server/mail.ts': ["import('nodemailer'"],
  // to the hosts of PUSH_HOSTS, at public addresses (sync-server/push.test.ts); web-push encrypts and signs, and sends nothing
  'sync-server/push.ts': ["import { Agent, request } from 'node:https'", "import('web-push'"],
  'sync-server/public-address.ts': [
    "import { lookup } from 'node:dns'",
    "import { BlockList, isIPv6, type LookupFunction } from 'node:net'",
  ],
};
const opensConnections =
  /\bimport\b(?! type\b)[^;]*['"](?:node:)?(?:https?2?|net|tls|dgram|dns|inspector|child_process|cluster|worker_threads|undici|axios|got|node-fetch|nodemailer|web-push|ws)(?:\/[\w/]+)?['"]/g;
const callsOut =
  /(?<![.\w])fetch\s*\(|globalThis\s*\.\s*fetch|\bWebSocket\b|\bEventSource\b|\bXMLHttpRequest\b|\brequire\s*\(|\bimport\s*\(\s*(?:'[^']*')?/g;

function waysOut(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    const imports = [...text.matchAll(opensConnections)].map(([found]) => found.replaceAll(/\s+/g, ' '));
    const calls = [...text.matchAll(callsOut)].map(([found]) => found);
    const others = [...imports, ...calls].filter((found) => takenFrom[path]?.includes(found) !== true);
    return others.map((found) => `${path}: ${found}`);
  });
}

const sinks =
  /dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe|parseHTMLUnsafe|\bsrcdoc\b|\beval\s*\(|new\s+Function\b|setTimeout\s*\(\s*['"`]|javascript:/g;

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '');

const sinksIn = (files: ReadonlyMap<string, string>) =>
  [...files].flatMap(([path, text]) =>
    [...withoutComments(text).matchAll(sinks)].map(([found]) => `${path}: ${found}`),
  );

describe('the source', () => {
  it('[SEC-17] has no way for the server to call a host that its operator did not name: there are no webhooks, and nothing that an address could be given to', () => {
    expect(waysOut(sourceFiles(['sync-server'], /\.ts$/))).toEqual([]);
  });

  it.each([
    ["import { request } from 'node:https';", 1],
    ["import net from 'net';", 1],
    ["import {\n  lookup,\n} from 'node:dns/promises';", 1],
    ['const reply = await fetch(url);', 1],
    ['await globalThis.fetch(url);', 1],
    ["const http = await import('node:http');", 2],
    ["import { createTransport } from 'nodemailer';", 1],
    ['context.journal.prefetch(url)', 0],
  ])('[SEC-17] would see %j', (text, found) => {
    expect(waysOut(new Map([['sync-server/planted.ts', text]]))).toHaveLength(found);
  });

  it('[SEC-11] has no place where text becomes markup or script, app and server', () => {
    expect(sinksIn(sourceFiles(['src', 'sync-server'], /\.tsx?$/))).toEqual([]);
  });

  it.each([
    '<p dangerouslySetInnerHTML={{ __html: text }} />',
    'node.innerHTML = text;',
    'eval(text)',
    'new Function(text)',
  ])('[SEC-11] would see %s', (text) => {
    expect(sinksIn(new Map([['src/planted.tsx', text]]))).toHaveLength(1);
  });
});
