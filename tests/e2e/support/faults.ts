import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test';

/** Whatever a page complains about: errors on the console, throws, crashes, and violations of the content policy. */
export type Faults = { readonly all: () => readonly string[] };

/** Losing the server is part of these tests, and a browser reports each request that then fails. */
const noServer = /net::ERR_(?:CONNECTION_|EMPTY_RESPONSE|INCOMPLETE|SOCKET|NETWORK|ABORTED|INTERNET_DISCONNECTED)/;

/** A token is held in memory only, by both sides: after a start of the server it is refused once and renewed (protocol.md). */
const isRenewal = (message: ConsoleMessage) =>
  message.text().includes('401') && new URL(message.location().url).pathname.startsWith('/api/');

const isExpected = (message: ConsoleMessage) => noServer.test(message.text()) || isRenewal(message);

export async function watchFaults(context: BrowserContext): Promise<Faults> {
  const faults: string[] = [];
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      console.error(`content policy: ${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  const watch = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message)) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
    page.on('crash', () => faults.push('the page crashed'));
  };
  context.pages().forEach(watch);
  context.on('page', watch);
  context.on('weberror', (error) => faults.push(error.error().message));
  return { all: () => [...new Set(faults)] };
}
