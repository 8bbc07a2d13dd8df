import type { Resource } from '../../domain/plan/plan-item.ts';
import { money } from '../../parts/money.ts';

export const kindWords: Readonly<Record<Resource['kind'], string>> = {
  technical: 'Technical',
  human: 'Human',
  financial: 'Financial',
};

/** `12 servers`, `ZAR 350,000`. */
export function amountWords({ kind, quantity, unit }: Resource, currency: string): string {
  if (kind === 'financial') return money(quantity, currency === '' ? unit : currency);
  return `${quantity.toLocaleString('en')} ${unit}`;
}
