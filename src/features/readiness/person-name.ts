/** How a person of the roster is named; whose record has not come yet has no name here. */
export function personName({ name }: { readonly name: string }): string {
  return name === '' ? 'Somebody not known here' : name;
}
