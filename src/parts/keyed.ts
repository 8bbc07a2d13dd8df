/** Members with keys that stay with them when others come and go; of equal ones the second is `…#2`. */
export function keyed<T>(
  members: readonly T[],
  nameOf: (member: T) => string,
): readonly { readonly key: string; readonly member: T; readonly place: number }[] {
  const times = new Map<string, number>();
  return members.map((member, place) => {
    const name = nameOf(member);
    const n = (times.get(name) ?? 0) + 1;
    times.set(name, n);
    return { key: n === 1 ? name : `${name}#${n}`, member, place };
  });
}
