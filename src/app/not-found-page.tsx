import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

export function NotFoundPage() {
  return (
    <Page title="No such screen">
      <EmptyState title="This address leads nowhere." action={<ButtonLink href="/now">Go to Now</ButtonLink>}>
        It may come from a newer version of the app, or have been typed wrongly.
      </EmptyState>
    </Page>
  );
}
