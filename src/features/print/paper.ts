/** Sheet sizes that there is a layout for; `paper.module.css` has their measures. */
export const papers = ['a4', 'letter'] as const;
export type Paper = (typeof papers)[number];

/** Where the paper size that was chosen last is remembered. */
export const paperSetting = 'paper';

export const paperNames: Readonly<Record<Paper, string>> = { a4: 'A4', letter: 'Letter' };

/** Countries whose offices load Letter; everybody else loads A4. */
const letterRegions = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE', 'CR', 'GT', 'PA', 'DO', 'PR', 'SV', 'NI']);

/** The remembered size, else the usual one where the device's language is spoken. */
export function paperOf(remembered: string | null, languages: readonly string[]): Paper {
  const known = papers.find((paper) => paper === remembered);
  if (known !== undefined) return known;
  const region = /-([A-Z]{2})\b/.exec(languages[0] ?? '')?.[1];
  return region !== undefined && letterRegions.has(region) ? 'letter' : 'a4';
}
