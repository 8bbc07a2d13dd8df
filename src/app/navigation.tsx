import { Link, useLocation } from 'wouter';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import { useActivateWords } from './activate-words.ts';
import { addressOf, screens, type Screen } from './screens.tsx';
import styles from './navigation.module.css';

/** The bottom bar on a phone; a rail with every screen from 900 px. */
export function Navigation() {
  const [location] = useLocation();
  const bar = screens.filter((screen) => screen.place === 'bar');
  const whileOpen = useActivateWords();
  const more = screens
    .filter((screen) => screen.place === 'more')
    .map((screen) => (screen.path === '/activate' ? { ...screen, ...whileOpen } : screen));
  return (
    <nav className={styles.nav} aria-label="Screens">
      <ul role="list" className={styles.list}>
        {bar.map((screen) => (
          <NavItem
            key={screen.path}
            screen={screen}
            location={location}
            only={screen.path === '/more' ? 'phone' : null}
          />
        ))}
        {more.map((screen) => (
          <NavItem key={screen.path} screen={screen} location={location} only="wide" />
        ))}
        <NavItem screen={moreOnRail} location={location} only="wide" />
      </ul>
    </nav>
  );
}

const moreOnRail: Screen = { path: '/more', page: () => null, title: 'More', place: 'bar', icon: 'more' };

function NavItem({
  screen,
  location,
  only,
}: {
  readonly screen: Screen;
  readonly location: string;
  readonly only: 'phone' | 'wide' | null;
}) {
  const address = addressOf(screen);
  const here = location === address || location.startsWith(`${address}/`);
  return (
    <li className={classNames(only !== null && styles[only])}>
      <Link
        href={address}
        className={classNames(styles.item, here && styles.here)}
        aria-current={here ? 'page' : undefined}
      >
        {screen.icon === undefined ? null : <Icon name={screen.icon} />}
        <span>{screen.title}</span>
      </Link>
    </li>
  );
}
