/** Something understood while it still grows. */
export type Writable<T> = {
  -readonly [Field in keyof T]: T[Field] extends readonly (infer Member)[] ? Member[] : T[Field];
};

export function joinedText(before: string, text: string): string {
  return before === '' ? text : `${before} ${text}`;
}
