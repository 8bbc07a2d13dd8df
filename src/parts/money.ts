/** `ZAR 180,000`: the currency's code, so that nobody takes one dollar for another. */
export function money(amount: number, currency: string): string {
  return `${currency} ${amount.toLocaleString('en', { maximumFractionDigits: 2 })}`.trim();
}
