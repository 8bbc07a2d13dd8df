import { useCallback } from 'react';
import type { DeviceReport } from '../domain/readiness/device-report.ts';
import { gatherReport } from './phone-report.ts';
import { usePorts } from './ports.tsx';
import { useMe } from './use-me.ts';
import { usePlanVersions } from './use-plan-versions.ts';
import { useWrite } from './use-write.ts';

/**
 * Adds what the person has just said or tried to this phone's own report and saves it. True once it is on disk; a device that
 * works alone, or looks around, reports to nobody and gives false.
 */
export function usePhoneReport(): (change: (report: DeviceReport) => DeviceReport) => Promise<boolean> {
  const ports = usePorts();
  const me = useMe();
  const write = useWrite();
  const current = usePlanVersions()?.[0] ?? null;
  return useCallback(
    async (change) => {
      if (me == null || !me.sends) return false;
      const gathered = await gatherReport(ports, me.device, current);
      if (gathered === null) return false;
      return (await write([gathered.draft(change(gathered.report))])) !== null;
    },
    [ports, me, write, current],
  );
}
