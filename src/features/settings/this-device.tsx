import { accessWords } from '../../parts/access-words.ts';
import { deviceName } from '../../parts/device-name.ts';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitles } from '../../parts/rights-words.ts';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { useInstallation } from '../../parts/use-installation.ts';
import type { Me } from '../../parts/use-me.ts';
import { usePlan, usePlanVersions } from '../../parts/use-plan-versions.ts';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { Section } from './section.tsx';

/** Whose device this is and which app it runs; what one reads out to whoever helps. */
export function ThisDevice({ me }: { readonly me: Me }) {
  const { app, life } = usePorts();
  const plan = usePlan(usePlanVersions()?.[0]);
  const word = useDeviceWord();
  const installed = useInstallation() === 'installed';
  const access = life === 'look-around' ? 'Looking around' : me.sends ? accessWords[me.access].label : 'On your own';
  return (
    <Section title="This device">
      <Card>
        <Facts
          facts={[
            { name: 'Person', value: me.name === '' ? 'not known yet' : me.name },
            { name: 'Access', value: [access, ...roleTitles(plan, me.roles)].join(' · ') },
            { name: 'Device', value: `${deviceName()} · ${me.device.slice(0, 4)} ${me.device.slice(4, 8)}` },
            { name: 'Opened as', value: installed ? 'installed app' : 'page in the browser' },
            { name: 'App', value: `${app.version} · build ${app.build.slice(0, 8)}` },
          ]}
        />
      </Card>
      <RowLink
        href="/test"
        icon="check"
        title={`Test this ${word}`}
        detail="One press, no network needed: plan, storage, app, printing"
      />
    </Section>
  );
}
