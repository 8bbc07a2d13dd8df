import { LookAroundSwitch } from '../parts/look-around-switch.tsx';
import { Page } from '../ui/page.tsx';
import { RowLink } from '../ui/row-link.tsx';
import { RowList } from '../ui/stack.tsx';
import { IncidentSwitch } from './incident-switch.tsx';
import { addressOf, screens } from './screens.tsx';

/** Everything that has no place in the bottom bar. */
export function MorePage() {
  const more = screens.filter((screen) => screen.place === 'more');
  return (
    <Page title="More">
      <RowList label="More screens">
        {more.map((screen) => (
          <li key={screen.path}>
            <RowLink
              href={addressOf(screen)}
              title={screen.title}
              {...(screen.icon === undefined ? {} : { icon: screen.icon })}
              detail={screen.detail}
            />
          </li>
        ))}
      </RowList>
      <IncidentSwitch />
      <LookAroundSwitch />
    </Page>
  );
}
