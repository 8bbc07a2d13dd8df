import { createServer, type AddressInfo, type Socket } from 'node:net';

export type ReceivedMail = { readonly from: string; readonly to: readonly string[]; readonly text: string };

/** What the server answers to a recipient: nothing said is 250; null: it never answers. */
export type Manners = {
  readonly onRecipient?: (address: string) => string | null;
  /** Null: it never says hello. */
  readonly greeting?: string | null;
};

export type MailServer = {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** Every line that was sent to it outside of a mail. */
  readonly commands: readonly string[];
  /** The most connections that were open at once. */
  readonly mostAtOnce: () => number;
  readonly close: () => Promise<void>;
};

/** A mail server as RFC 5321 has it, as far as a client needs one. It keeps what it gets. */
export async function openMailServer(manners: Manners = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const commands: string[] = [];
  const open = new Set<Socket>();
  let mostAtOnce = 0;
  const server = createServer((socket) => {
    open.add(socket);
    mostAtOnce = Math.max(mostAtOnce, open.size);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
    if (manners.greeting === null) return;
    converse(socket, manners, { received, commands });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://user:pass%20word@127.0.0.1:${String(port)}`,
    received,
    commands,
    mostAtOnce: () => mostAtOnce,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(
  socket: Socket,
  manners: Manners,
  kept: { readonly received: ReceivedMail[]; readonly commands: string[] },
): void {
  const say = (line: string) => void socket.write(`${line}\r\n`);
  let held = '';
  let mail = { from: '', to: [] as string[], lines: null as string[] | null };
  const onLine = (line: string) => {
    if (mail.lines !== null) {
      if (line !== '.') return void mail.lines.push(line.replace(/^\./, ''));
      kept.received.push({ from: mail.from, to: mail.to, text: mail.lines.join('\r\n') });
      mail = { from: '', to: [], lines: null };
      return say('250 kept');
    }
    kept.commands.push(line);
    const [, verb = '', rest = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
    switch (verb.toUpperCase()) {
      case 'EHLO':
        return say('250-test\r\n250 AUTH PLAIN');
      case 'AUTH':
        return say('235 in');
      case 'MAIL':
        mail.from = addressIn(rest);
        return say('250 yes');
      case 'RCPT': {
        const answer = manners.onRecipient === undefined ? '250 yes' : manners.onRecipient(addressIn(rest));
        if (answer?.startsWith('2') === true) mail.to.push(addressIn(rest));
        return answer === null ? undefined : say(answer);
      }
      case 'DATA':
        mail.lines = [];
        return say('354 go on');
      case 'QUIT':
        say('221 bye');
        return void socket.end();
      default:
        return say('250 yes');
    }
  };
  socket.setEncoding('utf8').on('data', (text: string) => {
    held += text;
    for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
      const line = held.slice(0, end);
      held = held.slice(end + 2);
      onLine(line);
    }
  });
  say(manners.greeting ?? '220 test');
}

function addressIn(rest: string): string {
  return /<(.*)>/.exec(rest)?.[1] ?? '';
}

/** The text of a mail as it is read: its quoted-printable undone. */
export function textOf({ text }: ReceivedMail): { readonly head: string; readonly body: string } {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const joined = rest.join('\r\n\r\n').replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { head, body: Buffer.from(bytes, 'latin1').toString('utf8') };
}
