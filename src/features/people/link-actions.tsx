import type { Invite } from '../../domain/ports/server-api.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { fullTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Button } from '../../ui/button.tsx';
import { ActionRow } from '../../ui/stack.tsx';

type LinkActionsProps = {
  readonly invite: Invite;
  /** A further way to hand it over. */
  readonly children: React.ReactNode;
};

/** Hands the link of an invite on: copied, shared, or as `children` say. */
export function LinkActions({ invite: { url, expiresAt }, children }: LinkActionsProps) {
  const zone = useZone();
  const text = `Join Holdfast with this link. It works once, until ${fullTime(expiresAt, zone)}.`;
  // closing the sheet of the system is no fault
  const share = () => void navigator.share({ title: 'Holdfast', text, url }).catch(() => undefined);
  return (
    <ActionRow broad>
      <CopyButton text={url} label="Copy the link" />
      {typeof navigator.share === 'function' ? <Button onClick={share}>Share…</Button> : null}
      {children}
    </ActionRow>
  );
}
