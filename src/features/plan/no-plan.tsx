import { StartFromBuiltIn } from '../../parts/start-from-built-in.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { later } from '../../ui/later.tsx';
import { Stack } from '../../ui/stack.tsx';

const PublishFile = later(async () => (await import('./open-plan-file.tsx')).PublishFile);

/** For a coordinator without a plan: the ways to one. */
export function NoPlan() {
  return (
    <Stack>
      <StartFromBuiltIn />
      <ButtonLink href="/import">From a document you have</ButtonLink>
      <PublishFile />
    </Stack>
  );
}
