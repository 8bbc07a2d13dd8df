import { describe, expect, it } from 'vitest';
import { contactLink, mailLink } from '../../../src/domain/communication/contact-link.ts';
import { builtInPlan } from '../../../src/app/built-in-plan.ts';

const types = ['phone', 'sms', 'email', 'radio', 'chat', 'web', 'other'] as const;

describe('contact link', () => {
  it.each([
    ['phone', '+27 (31) 000-0001', 'Call', 'tel:+27310000001'],
    ['phone', '112', 'Call', 'tel:112'],
    ['sms', '082 000 0000', 'Text', 'sms:0820000000'],
    ['email', "o'brien+dr@shop.example", 'Mail', "mailto:o'brien%2Bdr@shop.example"],
    ['web', 'https://status.shop.example/now?x=1#top', 'Open', 'https://status.shop.example/now?x=1#top'],
  ] as const)('[LINK-1] %s %s becomes %s %s', (type, value, verb, href) => {
    expect(contactLink(type, value)).toEqual({ verb, href });
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)//@shop.example',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'http://shop.example',
    'file:///etc/passwd',
    'https://',
    'https:javascript:alert(1)',
    'https://user@evil.example',
    'https://evil.example\\@shop.example',
    'https://shop.example/"onclick="x',
    'a@b.example?bcc=c@d.example',
    'a@b.example,c@d.example',
    'a@b.example%0abcc:x@y.example',
    '+27 1;phone-context=evil',
    '*#06#',
    'Channel 1, call sign COMMAND',
    '',
  ])('[LINK-2] nothing is made of %j, whatever its type says', (value) => {
    for (const type of types) expect(contactLink(type, value)).toBeNull();
  });

  it('[LINK-3] every link of the built-in plan begins with one of the four schemes', async () => {
    const { items } = await builtInPlan();
    const means = items.flatMap((item) => (item.section === 'contact' ? item.means : []));
    const links = means.flatMap(({ type, value }) => contactLink(type, value) ?? []);
    expect(links.length).toBeGreaterThan(30);
    for (const { href } of links) expect(href).toMatch(/^(tel:\+?\d+|sms:\+?\d+|mailto:[^?]+|https:\/\/.+)$/);
    const left = means.filter(
      ({ type, value }) => ['phone', 'sms', 'email'].includes(type) && contactLink(type, value) === null,
    );
    expect(left).toEqual([]);
  });

  it('[LINK-4] a mail carries subject and body whole, and nothing of them becomes another field', () => {
    const href = mailLink('Orders & payments?', 'Dear all,\nsee https://a.example/?a=1&bcc=x\n100 %');
    const query = new URLSearchParams(href.slice('mailto:?'.length));
    expect([...query]).toEqual([
      ['subject', 'Orders & payments?'],
      ['body', 'Dear all,\r\nsee https://a.example/?a=1&bcc=x\r\n100 %'],
    ]);
    expect(mailLink('\ud83d', 'half a \udca9 sign')).toContain('half%20a%20%EF%BF%BD%20sign');
  });
});
