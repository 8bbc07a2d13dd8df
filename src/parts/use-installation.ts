import { useSyncExternalStore } from 'react';
import { usePorts, type InstallationState } from './ports.tsx';

/** Whether this page is the installed app, or how it could become one. */
export function useInstallation(): InstallationState {
  const { installation } = usePorts();
  return useSyncExternalStore(installation.subscribe, installation.get);
}
