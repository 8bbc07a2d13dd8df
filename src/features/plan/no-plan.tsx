import { StartFromBuiltIn } from '../../parts/start-from-built-in.tsx';
import { later } from '../../ui/later.tsx';
import { Stack } from '../../ui/stack.tsx';

const PublishFile = later(async () => (await import('./open-plan-file.tsx')).PublishFile);

/** For a coordinator without a plan: the ways to one. */
export function NoPlan() {
  return (
    <Stack>
      <StartFromBuiltIn />
      <PublishFile />
    </Stack>
  );
}
