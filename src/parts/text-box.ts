/*
 * Texts in a picture don't wrap by themselves. Their width is reckoned instead of measured, so that a picture is the same on
 * screen, on paper and in a test: never narrower than the widest of the usual system fonts draws it.
 */

/** Where a text stands in a picture; `x` and `y` are its top left corner. All in px. */
export type TextBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly size: number;
  readonly bold: boolean;
  /** Where its lines are drawn from; the box may be a little wider than they are. */
  readonly anchor: 'start' | 'middle' | 'end';
};

export type TextStyle = { readonly size: number; readonly bold?: boolean };

export const lineHeight = 1.3;

/** A text of these lines with its corner at 0, 0. */
export function textBox(lines: readonly string[], { size, bold = false }: TextStyle): TextBox {
  return {
    x: 0,
    y: 0,
    width: Math.max(0, ...lines.map((line) => textWidth(line, { size, bold }))),
    height: lines.length * size * lineHeight,
    lines,
    size,
    bold,
    anchor: 'start',
  };
}

export function placed(box: TextBox, x: number, y: number, anchor: TextBox['anchor'] = 'start'): TextBox {
  return { ...box, x, y, anchor };
}

/** At least as wide as a browser draws it. */
export function textWidth(text: string, { size, bold = false }: TextStyle): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width * size * (bold ? boldness : 1);
}

/** Breaks at spaces and hyphens; a word that is wider than a line is broken where it ends. */
export function wrapped(text: string, width: number, style: TextStyle): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const add = (part: string) => {
    if (line !== '' && used + textWidth(part.trimEnd(), style) > width + rounding) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    line += part;
    used += textWidth(part, style);
  };
  for (const word of text.split(/(?<=[ -])/)) {
    if (textWidth(word.trimEnd(), style) <= width + rounding) add(word);
    else for (const character of word) add(character);
  }
  return line.trimEnd() === '' ? lines : [...lines, line.trimEnd()];
}

const boldness = 1.13;
/** Sums of fractions are not exact. */
const rounding = 0.001;

/** Looked up thousands of times for one picture, so each character is reckoned once. */
const known = new Map<string, number>();

function widthOf(character: string): number {
  const before = known.get(character);
  if (before !== undefined) return before;
  const width = widths.find(([characters]) => characters.test(character))?.[1] ?? 1;
  known.set(character, width);
  return width;
}

const widths: readonly (readonly [RegExp, number])[] = [
  [/[ ijl'’.,:;|!·\u00a0]/, 0.36],
  [/[tfrI()[\]/-]/, 0.43],
  [/[mMW%@…]/, 1],
  [/[w+−<>=]/, 0.84],
  [/[A-Z]/, 0.76],
  [/[a-z0-9]/, 0.64],
];
