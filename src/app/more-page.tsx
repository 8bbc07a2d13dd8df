import { mayActivate } from '../parts/may-activate.ts';
import { useMe } from '../parts/use-me.ts';
import { usePlan, usePlanVersions } from '../parts/use-plan-versions.ts';
import { LookAroundSwitch } from '../parts/look-around-switch.tsx';
import { Page } from '../ui/page.tsx';
import { RowLink } from '../ui/row-link.tsx';
import { RowList } from '../ui/stack.tsx';
import { useActivateWords, whoMay } from './activate-words.ts';
import { IncidentSwitch } from './incident-switch.tsx';
import { addressOf, screens } from './screens.tsx';

/** Everything that has no place in the bottom bar. */
export function MorePage() {
  const me = useMe();
  const plan = usePlan(usePlanVersions()?.[0]);
  const asks = me != null && plan !== null && !mayActivate(me, plan);
  const whileOpen = useActivateWords();
  const more = screens
    .filter((screen) => screen.place === 'more')
    .map((screen) => (screen.path === '/activate' ? { ...screen, ...(asks ? whoMay : whileOpen) } : screen));
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
