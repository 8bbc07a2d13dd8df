import { useState } from 'react';
import { useLocation } from 'wouter';
import { incidentCode, incidentCodeBytes, readIncidentCode } from '../../domain/incident/incident-code.ts';
import { incidentId } from '../../domain/incident/incident-id.ts';
import { severities, type IncidentMode, type Severity } from '../../domain/incident/incident.ts';
import type { Instant, PlanHash } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { day, instant, millis, minute, type Millis } from '../../domain/time.ts';
import { activate } from '../../parts/activation.ts';
import { ExamplesNotice } from '../../parts/examples-notice.tsx';
import { useIncidents } from '../../parts/incident.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { severityWords } from '../../parts/status-words.ts';
import { fromLocalInput, fullTime, knownZone, localInput, zoneName } from '../../parts/time-words.ts';
import type { Me } from '../../parts/use-me.ts';
import { believedNow } from '../../parts/use-now.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { WhenField } from '../../parts/when-field.tsx';
import { useWrite } from '../../parts/use-write.ts';
import { deviceZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceField, SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { SecondStartDialog, StillOpen } from './still-open.tsx';

type ActivationFormProps = {
  readonly versions: readonly HeldVersion[];
  readonly held: HeldVersion;
  readonly plan: Plan;
  readonly me: Me;
  readonly onVersion: (hash: PlanHash) => void;
};

/** What an activation needs; everything but the title is offered ready. */
export function ActivationForm({ versions, held, plan, me, onVersion }: ActivationFormProps) {
  const { clock, sync, random } = usePorts();
  const { choose, known } = useIncidents();
  const write = useWrite();
  const [, goTo] = useLocation();
  const zone = plan.header !== null && knownZone(plan.header.zone) ? plan.header.zone : deviceZone();
  const [opened] = useState(() => believedNow(clock, sync));
  const [offered] = useState(() => incidentCode(random.bytes(incidentCodeBytes)));
  const [offeredWhen] = useState(() => localInput(opened, zone));
  const [mode, setMode] = useState<IncidentMode | null>(null);
  const [title, setTitle] = useState('');
  const [severity, setSeverity] = useState<Severity>('major');
  const [when, setWhen] = useState(offeredWhen);
  const [code, setCode] = useState(offered);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);

  const normal = readIncidentCode(code);
  const startedAt = when === offeredWhen ? instant(opened) : fromLocalInput(when, zone);
  const whenFault = startFault(startedAt, believedNow(clock, sync));
  const same =
    normal === null || mode === null
      ? null
      : (known.find(({ id }) => id === incidentId(held.hash, mode, normal)) ?? null);
  const faults = {
    title: title.trim() === '' ? 'Give it a title that everybody recognises.' : null,
    code: normal === null ? 'Letters only, as they were said: four syllables like “dakumofi”.' : null,
    mode: mode === null ? 'Choose whether this is real.' : null,
  };

  const open = known.filter(
    ({ id, incident }) => incident.status === 'active' && incident.mergedInto === null && id !== same?.id,
  );

  const begin = async (sure: boolean) => {
    setTried(true);
    if (
      faults.title !== null ||
      normal === null ||
      mode === null ||
      whenFault !== null ||
      startedAt === null ||
      same !== null
    )
      return;
    if (mode === 'incident' && open.length > 0 && !sure) return setAsking(true);
    setAsking(false);
    setBusy(true);
    const { id, drafts } = activate(
      { plan: held.hash, mode, code: normal, title: title.trim(), severity, zone, startedAt, by: me.person },
      believedNow(clock, sync),
      random,
    );
    const saved = await write(drafts);
    setBusy(false);
    if (saved === null) return;
    choose(id);
    goTo('/now');
  };

  return (
    <Form onSubmit={() => void begin(false)}>
      {open.length === 0 ? null : <StillOpen open={open} />}
      {versions.length > 1 ? (
        <SelectField
          label="Version of the plan"
          value={held.hash}
          options={versions.map(({ hash, version }, place) => ({
            value: hash,
            label: `Version ${version.number}${place === 0 ? ', the latest' : ''}`,
          }))}
          onValue={onVersion}
        />
      ) : (
        <p>
          <strong>{plan.header?.title ?? 'The plan'}</strong>, version {held.version.number}
        </p>
      )}
      <ExamplesNotice plan={plan} mayEdit={me.access === 'coordinator'} />
      <ChoiceField
        legend="Is it real?"
        value={mode}
        options={[
          { value: 'incident', label: 'Incident', hint: 'It is happening' },
          { value: 'exercise', label: 'Exercise', hint: 'Training; marked as such on every screen and print' },
        ]}
        fault={tried ? faults.mode : null}
        onValue={setMode}
      />
      <TextField
        label="Title"
        hint="For example: Warehouse fire, Durban"
        value={title}
        maxLength={200}
        fault={tried ? faults.title : null}
        onValue={setTitle}
      />
      <ChoiceField
        legend="Severity"
        value={severity}
        options={severities.map((value) => ({ value, label: severityWords[value], hint: criteria(plan, value) }))}
        onValue={setSeverity}
      />
      <WhenField
        label={`When it began, T0 (${zoneName(zone, opened)})`}
        hint={`Every target counts from here. It is now ${fullTime(opened, zone)}.`}
        days="past"
        zone={zone}
        now={opened}
        value={when}
        fault={whenFault}
        onValue={setWhen}
      />
      <TextField
        label="Incident code"
        hint="Say it over the radio, so that everybody means the same incident. If you heard one, type that."
        value={code}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        fault={faults.code}
        onValue={setCode}
      />
      {same === null ? null : (
        <Banner
          title={`“${same.incident.title}” has this code.`}
          action={
            <Button
              fit
              onClick={() => {
                choose(same.id);
                goTo('/now');
              }}
            >
              Open it
            </Button>
          }
        >
          It is on this device already.
        </Banner>
      )}
      <Button kind="primary" type="submit" disabled={busy || same !== null}>
        {mode === 'exercise' ? 'Start the exercise' : 'Activate the plan'}
      </Button>
      {asking ? (
        <SecondStartDialog
          title={title.trim()}
          open={open}
          onStart={() => void begin(true)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Form>
  );
}

/** Days that an incident may have gone on before somebody activates the plan; what is further back was mistyped. */
const mostDaysAgo = 31;

function startFault(startedAt: Instant | null, now: Millis): string | null {
  if (startedAt === null) return 'Give the time, like 1412.';
  const ago = now - millis(startedAt);
  if (ago < -minute) return 'That is still to come.';
  return ago > mostDaysAgo * day ? `That is more than ${mostDaysAgo} days ago. Look at the date.` : null;
}

function criteria(plan: Plan, severity: Severity): string | undefined {
  const titles = plan.criteria.filter((criterion) => criterion.severity === severity).map(({ title }) => title);
  return titles.length === 0 ? undefined : titles.join(' · ');
}
