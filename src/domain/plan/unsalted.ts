/** Stands in a new item until it is saved with a salt of its own. */
export const unsalted = 'A'.repeat(22);
