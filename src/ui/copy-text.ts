/** Puts a text on the clipboard; false where this browser doesn't let the app. Call it while a press is being handled. */
export async function copyText(text: string): Promise<boolean> {
  // Without https there is no clipboard to write to; what is selected can still be copied there.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return copySelected(text);
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** What every browser still has for pages without a clipboard. */
type OldDocument = { readonly execCommand: (command: 'copy') => boolean };

function copySelected(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  const before = document.activeElement;
  // Inside an open dialog nothing outside of it can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  try {
    field.select();
    return (document as unknown as OldDocument).execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
