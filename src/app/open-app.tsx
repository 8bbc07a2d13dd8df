import { later } from '../ui/later.tsx';
import { unreachable } from '../domain/result.ts';
import { FaultsProvider } from '../parts/faults.tsx';
import { IncidentProvider } from '../parts/incident.tsx';
import { PortsProvider, type Ports } from '../parts/ports.tsx';
import { UnfinishedProvider } from '../parts/unfinished.tsx';
import { StepUpProvider } from '../parts/step-up.tsx';
import { useMembership } from '../parts/use-me.ts';
import { useRoute } from 'wouter';
import { BareScreen } from './bare-screen.tsx';
import { LockGate } from './lock-gate.tsx';
import { RoutedScreen } from './routed-screen.tsx';
import { useTheme } from './use-theme.ts';
import { WipedScreen } from './wiped-screen.tsx';

const FirstOpening = later(async () => (await import('../features/join/first-opening.tsx')).FirstOpening);
const JoinPage = later(async () => (await import('../features/join/join-page.tsx')).JoinPage);
const InstallPage = later(async () => (await import('../features/install/install-page.tsx')).InstallPage);
const LookAroundStart = later(async () => (await import('./look-around-start.tsx')).LookAroundStart);

/** The app over an open database. */
export function OpenApp({ ports }: { readonly ports: Ports }) {
  return (
    <PortsProvider value={ports}>
      <FaultsProvider>
        <IncidentProvider>
          <ByMembership life={ports.life} />
        </IncidentProvider>
      </FaultsProvider>
    </PortsProvider>
  );
}

function ByMembership({ life }: { readonly life: Ports['life'] }) {
  const membership = useMembership();
  const [joining] = useRoute('/join');
  const [installing] = useRoute('/install');
  useTheme();
  if (membership === undefined) return null;
  switch (membership.state) {
    case 'new':
      if (life === 'look-around') return <LookAroundStart />;
      return <BareScreen>{installing ? <InstallPage /> : joining ? <JoinPage /> : <FirstOpening />}</BareScreen>;
    case 'wiped':
      return joining ? (
        <BareScreen>
          <JoinPage />
        </BareScreen>
      ) : (
        <WipedScreen />
      );
    case 'alone':
    case 'member':
      return (
        <LockGate>
          <StepUpProvider>
            <UnfinishedProvider>
              <RoutedScreen />
            </UnfinishedProvider>
          </StepUpProvider>
        </LockGate>
      );
    default:
      return unreachable(membership);
  }
}
