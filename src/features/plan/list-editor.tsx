import { Button } from '../../ui/button.tsx';
import { ActionRow, Stack } from '../../ui/stack.tsx';
import styles from './draft.module.css';

/** A list whose members are edited in place, moved by buttons, added and removed. */
export function ListEditor<Member>({
  legend,
  members,
  nameOf,
  fault,
  adds,
  onMembers,
  onRemove,
  children,
}: {
  readonly legend: string;
  readonly members: readonly Member[];
  readonly nameOf: (member: Member) => string;
  readonly fault: string | null;
  readonly adds: readonly { readonly words: string; readonly make: () => Member }[];
  readonly onMembers: (members: readonly Member[]) => void;
  /** Removing is said and can be taken back. */
  readonly onRemove: (members: readonly Member[], words: string) => void;
  readonly children: (member: Member, change: (member: Member) => void, place: number) => React.ReactNode;
}) {
  const changeAt = (at: number) => (next: Member) =>
    onMembers(members.map((member, place) => (place === at ? next : member)));
  const swap = (at: number, other: number) =>
    onMembers(
      members.map((member, place) =>
        place === at ? (members[other] ?? member) : place === other ? (members[at] ?? member) : member,
      ),
    );
  const remove = (at: number) =>
    onRemove(
      members.filter((_, place) => place !== at),
      `${nameOf(members[at] as Member)} removed`,
    );
  return (
    <fieldset className={styles.list}>
      <legend>{legend}</legend>
      {Array.from(members, (member, place) => (
        // Members have no name of their own, and every field shows what the list holds: the place is what they are known by.
        <div key={`member ${String(place)}`} className={styles.member} role="group" aria-label={`Number ${place + 1}`}>
          <Stack close>
            {children(member, changeAt(place), place)}
            <ActionRow>
              <Button
                aria-label={`Up number ${place + 1}`}
                disabled={place === 0}
                onClick={() => swap(place, place - 1)}
              >
                Up
              </Button>
              <Button
                aria-label={`Down number ${place + 1}`}
                disabled={place === members.length - 1}
                onClick={() => swap(place, place + 1)}
              >
                Down
              </Button>
              <Button aria-label={`Remove number ${place + 1}`} onClick={() => remove(place)}>
                Remove
              </Button>
            </ActionRow>
          </Stack>
        </div>
      ))}
      {fault === null ? null : (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <ActionRow broad>
        {adds.map(({ words, make }) => (
          <Button key={words} icon="add" onClick={() => onMembers([...members, make()])}>
            {words}
          </Button>
        ))}
      </ActionRow>
    </fieldset>
  );
}
