/** For a key that is held down: its first press counts. */
export function once(event: React.KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}
