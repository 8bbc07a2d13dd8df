import { cleanup, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { assembled, collect, nothingCollected } from '../../../src/domain/sync/bundle-frames.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { fromCodes } from '../../../src/features/hand-over/code-payload.ts';
import { newLogEntry } from '../../../src/parts/new-log-entry.ts';
import { soon } from '../../storage/support/soon.ts';
import { aPhone, makeMember, startedAt, type Phone } from '../../support/phone.tsx';

const files: Blob[] = [];

beforeEach(() => {
  files.length = 0;
  // what jsdom lacks: addresses for files
  URL.createObjectURL = (file) => {
    files.push(file as Blob);
    return 'blob:file';
  };
  URL.revokeObjectURL = () => undefined;
  Reflect.deleteProperty(navigator, 'mediaDevices');
});

async function openOn(phone: Phone) {
  phone.open('/hand-over');
  await screen.findByRole('heading', { name: 'Hand over' });
}

/** A member with two notes that no server has. */
async function giver() {
  const phone = await taker();
  await note(phone, 'The pumps run');
  await note(phone, 'The lights are on');
  return phone;
}

async function note(phone: Phone, text: string): Promise<void> {
  const fields = { type: 'note', text, at: instant(startedAt), by: 'thandi' } as const;
  const draft = newLogEntry('00112233445566aa' as never, fields as never, startedAt + minute, phone.ports.random);
  const saved = await phone.storage.records.write([draft]);
  if (!saved.ok) throw new Error(saved.error.tag);
}

async function taker(access: 'coordinator' | 'vendor' = 'coordinator') {
  const phone = await aPhone('new');
  await makeMember(phone, access);
  return phone;
}

async function givenFile(): Promise<string> {
  const phone = await giver();
  await openOn(phone);
  await phone.user.click(await screen.findByRole('button', { name: 'Make a file to share' }));
  await seen('The file is ready.');
  expect(screen.getByRole('link', { name: /^holdfast-hand-over-2026-11-23-\d{4}\.txt$/ })).toHaveAttribute(
    'href',
    'blob:file',
  );
  const text = await files[0]?.text();
  cleanup();
  return text ?? '';
}

/** What is on the screen once everything that loads has loaded. */
async function seen(words: string | RegExp): Promise<void> {
  await soon(() => expect(screen.getByText(words)).toBeVisible());
}

async function openFile(phone: Phone, text: string): Promise<void> {
  const file = new File([text], 'holdfast-hand-over.txt', { type: 'text/plain' });
  await phone.user.upload(await screen.findByLabelText('Or open a file'), file);
}

describe('Hand over', () => {
  it('[HAND-1] a device without a server is told why it gives nothing, and what to use', async () => {
    const phone = await aPhone();
    await openOn(phone);
    await seen('This device has not joined a workspace.');
    expect(screen.getByRole('link', { name: 'Join' })).toHaveAttribute('href', '/join');
    expect(screen.queryByRole('button', { name: /codes/ })).toBeNull();
  });

  it('[HAND-2] a file says in words what it holds before and after, and only then is anything taken', async () => {
    const text = await givenFile();
    const phone = await taker();
    await openOn(phone);
    await seen(/^Nothing to give: what was done on this phone is on the server/);
    await openFile(phone, text);
    const dialog = await screen.findByRole('dialog', { name: 'Take this over?' });
    expect(within(dialog).getByText('2 changes, not on this phone yet.')).toBeInTheDocument();
    expect(within(dialog).getByText('somebody not known here: 2 log entries')).toBeInTheDocument();
    expect(within(dialog).getByText(/what that phone says; the server has not confirmed it yet/)).toBeInTheDocument();
    expect(await phone.storage.records.read('plan-version', 'x')).toEqual({ ok: true, value: null });
    await phone.user.click(within(dialog).getByRole('button', { name: 'Take over' }));
    await seen('Taken over: 2 changes.');
    expect(screen.getByText(/shown as not yet on the server/)).toBeVisible();
    expect(phone.sync.nudges()).toContain('asked');
    await seen('Carried for others');
    expect(screen.getByText(/changes that you carry for others: not yet on the server/)).toBeVisible();
    await openFile(phone, text);
    await seen('Everything in it is on this phone already.');
    expect(screen.queryByRole('button', { name: 'Take over' })).toBeNull();
  });

  it('[HAND-3] what was altered on its way, or is something else, is refused in words', async () => {
    const text = await givenFile();
    const phone = await taker();
    await openOn(phone);
    await openFile(phone, text.replace('The pumps run', 'The pumps stop'));
    await seen(/A signature in it does not fit/);
    await openFile(phone, 'Dear all');
    await seen(/This is no hand-over of Holdfast/);
    await openFile(phone, text.replace('"workspace":"shop"', '"workspace":"mill"'));
    await seen(/belongs to another workspace/);
    expect(screen.queryByRole('heading', { name: 'Carried for others' })).toBeNull();
  });

  it('[HAND-4] the codes that are shown, each once, are the hand-over; they wait while paused', async () => {
    const phone = await giver();
    await openOn(phone);
    await phone.user.click(await screen.findByRole('button', { name: 'Show codes' }));
    const dialog = await screen.findByRole('dialog', { name: 'Give by codes' });
    let collected = nothingCollected;
    const see = () => {
      collected = collect(collected, dialog.querySelector('[data-qr]')?.getAttribute('data-qr') ?? '');
    };
    see();
    const watching = new MutationObserver(see);
    watching.observe(dialog, { subtree: true, attributes: true });
    await soon(() => expect(assembled(collected).ok).toBe(true));
    watching.disconnect();
    const whole = assembled(collected);
    const text = whole.ok ? await fromCodes(whole.value) : null;
    expect(text).toContain('The pumps run');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Pause' }));
    expect(within(dialog).getByText(/paused$/)).toBeInTheDocument();
    await phone.user.click(within(dialog).getByRole('button', { name: 'Go on' }));
    await phone.user.click(within(dialog).getByRole('button', { name: 'The other phone has all of them' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    cleanup();
    const other = await taker();
    const taken = await (await other.storage.handOver()).take(text ?? '', 'camera');
    expect(taken).toMatchObject({ ok: true });
  });

  it('[HAND-5] says why there is no camera, what to do, and tries again', async () => {
    const phone = await taker();
    await openOn(phone);
    await phone.user.click(await screen.findByRole('button', { name: 'Read codes' }));
    await seen('The browser gives this page no camera.');
    const failing = (name: string) => () => Promise.reject(new DOMException('no', name));
    const faults = [
      ['NotAllowedError', 'The camera is not allowed for this page.'],
      ['NotFoundError', 'No camera was found on this device.'],
      ['NotReadableError', 'The camera does not answer.'],
    ] as const;
    for (const [name, words] of faults) {
      Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: failing(name) } });
      await phone.user.click(screen.getByRole('button', { name: 'Try again' }));
      await seen(words);
    }
    expect(screen.getByText(/Or let the other phone make a file, and open that here/)).toBeVisible();
  });

  it('[SEC-20] a vendor’s phone gives and takes nothing over', async () => {
    const phone = await taker('vendor');
    await openOn(phone);
    await seen('This phone gives, and takes nothing over.');
    expect(screen.queryByLabelText('Or open a file')).toBeNull();
  });
});

describe('what codes carry', () => {
  it('[HAND-6] nothing that is not a packed hand-over is unpacked, and nothing without end', async () => {
    expect(await fromCodes(new Uint8Array())).toBeNull();
    expect(await fromCodes(Uint8Array.of(7, 1, 2))).toBeNull();
    expect(await fromCodes(Uint8Array.of(1, 255, 255))).toBeNull();
    expect(await fromCodes(Uint8Array.of(0, 0xff, 0xfe))).toBeNull();
    const zeros = new Response(new Uint8Array(20 * 1024 * 1024)).body?.pipeThrough(
      new CompressionStream('deflate-raw'),
    );
    const bomb = new Uint8Array(await new Response(zeros).arrayBuffer());
    expect(await fromCodes(Uint8Array.of(1, ...bomb))).toBeNull();
  });
});
