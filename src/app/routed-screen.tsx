import { matchRoute, Redirect, Route, Switch, useLocation, useRouter } from 'wouter';
import { NotFoundPage } from './not-found-page.tsx';
import { screens } from './screens.tsx';
import { Shell } from './shell.tsx';

/** The screen that the address names, inside the shell. */
export function RoutedScreen() {
  const [location] = useLocation();
  const { parser } = useRouter();
  const screen = screens.find((each) => matchRoute(parser, each.path, location)[0]) ?? null;
  return (
    <Shell screen={screen}>
      <Switch>
        <Route path="/">
          <Redirect to="/now" replace />
        </Route>
        {screens.map((each) => (
          <Route key={each.path} path={each.path} component={each.page} />
        ))}
        <Route component={NotFoundPage} />
      </Switch>
    </Shell>
  );
}
