import { keyed } from '../../parts/keyed.ts';
import styles from './plan.module.css';

/** Names and values of one item, side by side; what is empty is left out. */
export function Terms({ terms }: { readonly terms: readonly (readonly [string, React.ReactNode])[] }) {
  const said = terms.filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (said.length === 0) return null;
  return (
    <dl className={styles.terms}>
      {said.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Short texts as a list; nothing where there are none. */
export function Lines({ lines, ordered = false }: { readonly lines: readonly string[]; readonly ordered?: boolean }) {
  if (lines.length === 0) return null;
  const List = ordered ? 'ol' : 'ul';
  return (
    <List className={styles.lines}>
      {keyed(lines, (line) => line).map(({ key, member }) => (
        <li key={key}>{member}</li>
      ))}
    </List>
  );
}
