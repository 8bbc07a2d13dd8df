import type { CardSource } from '../../domain/card/card-source.ts';
import type { PlanHash, RoleId } from '../../domain/ids.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { CheckField, ChoiceField, SelectField, type Option } from '../../ui/field.tsx';
import { Stack } from '../../ui/stack.tsx';
import { paperNames, papers, type Paper } from './paper.ts';
import { sheetKinds, type PrintChoice, type SheetKind } from './print-choice.ts';
import { RoleChecks } from './role-checks.tsx';
import styles from './print-options.module.css';

type PrintOptionsProps = {
  readonly choice: PrintChoice;
  readonly onChoice: (choice: PrintChoice) => void;
  readonly paper: Paper;
  readonly onPaper: (paper: Paper) => void;
  readonly source: CardSource;
  readonly mine: readonly RoleId[];
  readonly versions: readonly HeldVersion[];
  readonly onVersion: (version: PlanHash) => void;
};

/** What goes into the print, on which paper and from which version. */
export function PrintOptions(props: PrintOptionsProps) {
  const { choice, onChoice, paper, onPaper } = props;
  return (
    <>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>What to print</legend>
        {sheetKinds.map((kind) => (
          <CheckField
            key={kind}
            label={kindWords[kind]}
            hint={kindHints[kind]}
            checked={choice.sheets.has(kind)}
            onChecked={(on) => onChoice({ ...choice, sheets: withOrWithout(choice.sheets, kind, on) })}
          />
        ))}
      </fieldset>
      {choice.sheets.has('cards') ? <CardOptions {...props} /> : null}
      {choice.sheets.has('logs') ? (
        <SelectField
          label="How many log sheets"
          value={String(choice.logCount)}
          options={logCounts}
          onValue={(count) => onChoice({ ...choice, logCount: Number(count) })}
        />
      ) : null}
      <ChoiceField
        compact
        legend="Paper"
        value={paper}
        options={papers.map((each) => ({ value: each, label: paperNames[each] }))}
        onValue={onPaper}
      />
      <VersionChoice {...props} />
    </>
  );
}

const kindWords: Readonly<Record<SheetKind, string>> = {
  cards: 'Role cards',
  contacts: 'Contact sheet',
  tree: 'Call tree',
  communications: 'Communications sheet',
  timeline: 'Timeline',
  logs: 'Blank log sheets',
};

const kindHints: Readonly<Record<SheetKind, string>> = {
  cards: 'What each role does, by phase, to tick and sign',
  contacts: 'Who holds which role, and every contact',
  tree: 'Who calls whom, with boxes for a contact test',
  communications: 'Who hears what and when, with texts to send',
  timeline: 'Phases and milestones',
  logs: 'Activity log by hand (ICS-214)',
};

const logCounts: readonly Option[] = ['1', '2', '5', '10', '20'].map((count) => ({ value: count, label: count }));

function CardOptions({ choice, onChoice, source, mine }: PrintOptionsProps) {
  const { plan, incident } = source;
  const titles = mine.map((role) => plan.roleById.get(role)?.title ?? role).join(', ');
  const options = [
    ...(mine.length === 0 ? [] : [{ value: 'mine' as const, label: 'Mine', hint: titles }]),
    {
      value: 'all' as const,
      label: plan.roles.length === 1 ? 'The only role in sight' : `All ${plan.roles.length} roles`,
    },
    { value: 'some' as const, label: 'Some roles' },
  ];
  const assigned = incident?.assignments.some(({ assignment }) => assignment.until === null) ?? false;
  return (
    <Stack close>
      <ChoiceField
        legend="Whose cards"
        value={choice.cards}
        options={options}
        onValue={(cards) => onChoice({ ...choice, cards })}
      />
      {choice.cards === 'some' ? (
        <RoleChecks
          plan={plan}
          chosen={choice.roles}
          onRole={(role, on) => onChoice({ ...choice, roles: withOrWithout(choice.roles, role, on) })}
        />
      ) : null}
      {assigned ? (
        <CheckField
          label="Leave names blank"
          hint="For people who are not known yet"
          checked={choice.blankNames}
          onChecked={(blankNames) => onChoice({ ...choice, blankNames })}
        />
      ) : null}
    </Stack>
  );
}

/** Only where there is one: the version that is worked, and a newer one. */
function VersionChoice({ source, versions, onVersion }: PrintOptionsProps) {
  if (versions.length < 2) return null;
  return (
    <ChoiceField
      legend="Which version"
      value={source.hash}
      options={versions.map(({ hash, version }, place) => ({
        value: hash,
        label: `Version ${version.number}`,
        hint: place === 0 ? 'The open incident is worked by it' : 'The newest; not what the open incident is worked by',
      }))}
      onValue={onVersion}
    />
  );
}

function withOrWithout<T>(chosen: ReadonlySet<T>, each: T, on: boolean): ReadonlySet<T> {
  const next = new Set(chosen);
  if (on) next.add(each);
  else next.delete(each);
  return next;
}
