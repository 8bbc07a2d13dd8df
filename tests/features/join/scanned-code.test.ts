import { describe, expect, it } from 'vitest';
import { cardPath } from '../../../src/domain/card/card-path.ts';
import type { PlanHash, RoleId } from '../../../src/domain/ids.ts';
import { scannedCode } from '../../../src/features/join/scanned-code.ts';

const origin = 'https://plan.example.org';

describe('a scanned code', () => {
  it.each([
    [`${origin}/join#7K3M-Q0RS-TVWX-7K3M`, '7K3M-Q0RS-TVWX-7K3M'],
    ['7k3mq0rstvwx', '7K3M-Q0RS-TVWX'],
  ])('[JOIN-20] %s is an invitation', (text, code) => {
    expect(scannedCode(text, origin)).toEqual({ tag: 'code', code });
  });

  it.each([
    ['https://other.example/join#7K3M-Q0RS-TVWX-7K3M', 'other-server'],
    [`${origin}${cardPath('8255fa9808998cfc' as PlanHash, 'it-specialists' as RoleId)}`, 'role-card'],
    ['https://other.example/r/8255fa98/it-specialists', 'other-server'],
    [`${origin}/role/it-specialists`, 'other'],
    [`${origin}/join`, 'other'],
    [`${origin}/now#7K3M-Q0RS-TVWX-7K3M`, 'other'],
    ['javascript:alert(1)#7K3M-Q0RS-TVWX-7K3M', 'other'],
    ['WIFI:S:shop;P:secret;;', 'other'],
    ['', 'other'],
  ])('[JOIN-20] %s is not taken, and said to be %s', (text, tag) => {
    expect(scannedCode(text, origin)).toEqual({ tag });
  });
});
