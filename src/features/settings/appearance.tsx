import { usePorts } from '../../parts/ports.tsx';
import { clockTime, zoneName } from '../../parts/time-words.ts';
import { useIncident } from '../../parts/incident.tsx';
import { useFaults } from '../../parts/faults.tsx';
import { useSetting } from '../../parts/use-live.ts';
import { useNow } from '../../parts/use-now.ts';
import { ChoiceField } from '../../ui/field.tsx';
import { Section } from './section.tsx';

type Theme = 'auto' | 'light' | 'dark';

/** Light outdoors, dark at night; and the zone that times are shown in. */
export function Appearance({ zone }: { readonly zone: string }) {
  const { device } = usePorts();
  const { couldNotSave } = useFaults();
  const chosen = useSetting('theme');
  const incident = useIncident();
  const now = useNow();
  const theme: Theme = chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
  const choose = async (next: Theme) => {
    const kept = await device.setSetting('theme', next === 'auto' ? null : next);
    if (!kept.ok) couldNotSave(kept.error);
  };
  return (
    <Section title="Appearance">
      <ChoiceField
        legend="Colours"
        compact
        value={theme}
        options={[
          { value: 'auto', label: 'As the device' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onValue={(next) => void choose(next)}
      />
      <p>
        Times are shown in the zone of {incident.state === 'open' ? 'the incident' : 'this device'}: {zone}, now{' '}
        {clockTime(now, zone)} {zoneName(zone, now)}.
      </p>
    </Section>
  );
}
