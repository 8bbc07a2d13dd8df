/** Stands where a plan needs something that the document does not have. */
export const toFill = 'To be filled in';
/** The same for how one knows that a task is done. */
export const testToWrite = 'To be written: how one knows that it is done.';

export function cutLine(text: string): string {
  const bare = text.trim();
  return bare === '' ? toFill : bare.length <= 200 ? bare : `${bare.slice(0, 199).trimEnd()}…`;
}

export function cutText(text: string): string {
  return text.length <= 8000 ? text : `${text.slice(0, 7999).trimEnd()}…`;
}
