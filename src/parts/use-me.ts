import { useMemo } from 'react';
import type { AccessLevel } from '../domain/access/access.ts';
import type { DeviceId, PersonId, RoleId } from '../domain/ids.ts';
import type { Membership } from '../domain/ports/device.ts';
import { usePorts } from './ports.tsx';
import { useLive, useRecord } from './use-live.ts';

/** Whose device this is, and what that person may do. The server enforces it; screens only mirror it. */
export type Me = {
  readonly person: PersonId;
  readonly device: DeviceId;
  readonly name: string;
  readonly access: AccessLevel;
  /** Roles of the grant; roles taken within an incident come on top. */
  readonly roles: readonly RoleId[];
  /** False on a device without a server: nothing there waits to be sent. */
  readonly sends: boolean;
};

export function useMembership(): Membership | undefined {
  const { device } = usePorts();
  return useLive(device.membership);
}

/** Undefined while it is being read, null on a device that nobody set up yet. */
export function useMe(): Me | null | undefined {
  const membership = useMembership();
  const person = membership?.state === 'member' || membership?.state === 'alone' ? membership.person : null;
  const grant = useRecord('grant', membership?.state === 'member' ? person : null);
  const record = useRecord('person', person);
  return useMemo(() => {
    if (membership === undefined) return undefined;
    if (membership.state === 'new' || membership.state === 'wiped') return null;
    const name = record?.value?.name ?? '';
    const { person: id, device } = membership;
    if (membership.state === 'alone')
      return { person: id, device, name, access: 'coordinator', roles: [], sends: false };
    const { access, roles } = grant?.value ?? membership;
    return { person: id, device, name, access, roles, sends: true };
  }, [membership, grant, record]);
}
