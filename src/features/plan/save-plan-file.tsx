import { writePlanFile } from '../../domain/plan/plan-file.ts';
import type { PlanVersion } from '../../domain/plan/plan-item.ts';
import { Button } from '../../ui/button.tsx';

/** One version as a file (`holdfast-plan/1`), to keep, to send or to read elsewhere. */
export function SavePlanFile({ version }: { readonly version: PlanVersion }) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([writePlanFile(version)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${version.plan}-version-${version.number}.holdfast-plan.json`;
    link.click();
    // A browser that asks where to save still needs it after the press.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  return <Button onClick={save}>Save as a plan file</Button>;
}
