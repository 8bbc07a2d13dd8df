import { writePlanFile } from '../../domain/plan/plan-file.ts';
import type { PlanVersion } from '../../domain/plan/plan-item.ts';
import { shortHash } from '../../parts/version-name.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { useWrittenFile } from '../../parts/written-file.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ActionRow } from '../../ui/stack.tsx';

type VersionActionsProps = {
  readonly held: HeldVersion;
  /** Further actions. */
  readonly children: React.ReactNode;
};

/** What can be done with one version: read it, and keep it as a file (`holdfast-plan/1`), to send or to read elsewhere. */
export function VersionActions({ held: { hash, version }, children }: VersionActionsProps) {
  const { write, said } = useWrittenFile();
  return (
    <>
      <ActionRow broad>
        <ButtonLink href={`/plan?version=${shortHash(hash)}`}>Read it</ButtonLink>
        <Button onClick={() => write(planFile(version))}>Save as a plan file</Button>
        {children}
      </ActionRow>
      {said}
    </>
  );
}

function planFile(version: PlanVersion) {
  const name = `${version.plan}-version-${version.number}.holdfast-plan.json`;
  return { name, type: 'application/json', text: writePlanFile(version) } as const;
}
