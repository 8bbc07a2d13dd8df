import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { systemOf } from '../../../src/features/install/system.ts';
import { watchInstallation } from '../../../src/app/watch-installation.ts';
import { aPhone } from '../../support/phone.tsx';

const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1';

describe('the install page', () => {
  it('[INST-1] opens this device’s own steps and shows those of every system', async () => {
    const phone = await aPhone('new');
    phone.open('/install');
    expect(await screen.findByText('Computer · this device')).toBeVisible();
    expect(screen.getByText('Android phone or tablet')).toBeInTheDocument();
    expect(screen.getByText('iPhone or iPad')).toBeInTheDocument();
    expect(screen.getByText(/Lockdown Mode \(iPhone, iPad, Mac\)/)).toBeVisible();
  });

  it.each([
    ['installed', 'It is installed: this is the app.'],
    ['insecure', 'This address can’t install the app.'],
    ['unsupported', 'This browser can’t install the app.'],
  ] as const)('[INST-2] %s: says how it stands', async (state, words) => {
    const phone = await aPhone('new');
    phone.setInstalled(state);
    phone.open('/install');
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('[INST-3] offers the browser’s own installation where there is one', async () => {
    const phone = await aPhone();
    phone.setInstalled('offered');
    phone.open('/install');
    expect(await screen.findByRole('button', { name: 'Install now' })).toBeVisible();
  });

  it('[INST-4] an iPhone is told to install first, and the code comes along to be used inside', async () => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(iPhone);
    const phone = await aPhone('new');
    phone.open('/join#7K3MAAAABBBBCCCC');
    expect(await screen.findByText('On an iPhone, install first, then join.')).toBeVisible();
    await phone.user.click(screen.getByRole('link', { name: 'How to install' }));
    expect(await screen.findByText('7K3M-AAAA-BBBB-CCCC')).toBeVisible();
    expect(screen.getByText('Install first, then join.')).toBeVisible();
    expect(phone.sync.joins()).toEqual([]);
  });

  it('[INST-5] the installed app on an iPhone joins without a word about installing', async () => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(iPhone);
    const phone = await aPhone('new');
    phone.setInstalled('installed');
    phone.open('/join');
    expect(await screen.findByRole('button', { name: 'Join' })).toBeVisible();
    expect(screen.queryByText(/install first/)).toBeNull();
  });

  it.each([
    [iPhone, 5, 'apple'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15', 5, 'apple'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15', 0, 'desktop'],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 7) Chrome/131.0', 5, 'android'],
    ['Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0', 0, 'desktop'],
  ])('[INST-6] tells the system of %s with %i fingers', (userAgent, maxTouchPoints, system) => {
    expect(systemOf({ userAgent, maxTouchPoints })).toBe(system);
  });
});

describe('watching the installation', () => {
  function aPage(secure: boolean) {
    const page = new EventTarget() as unknown as Window;
    return Object.assign(page, {
      matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
      isSecureContext: secure,
      navigator: { serviceWorker: {} },
    }) as unknown as Window;
  }

  it('[INST-7] an offer that came before anybody asked is kept, and used once', async () => {
    const page = aPage(true);
    const installation = watchInstallation(page);
    expect(installation.get()).toBe('by-hand');
    const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: () => Promise.resolve({ outcome: 'accepted' }),
    });
    page.dispatchEvent(offer);
    expect(offer.defaultPrevented).toBe(true);
    expect(installation.get()).toBe('offered');
    expect(await installation.ask()).toBe(true);
    expect(await installation.ask()).toBe(false);
    expect(installation.get()).toBe('by-hand');
  });

  it('[INST-8] an address without https can install nothing', () => {
    expect(watchInstallation(aPage(false)).get()).toBe('insecure');
  });
});
