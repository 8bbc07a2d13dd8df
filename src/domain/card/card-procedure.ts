import { fillTemplate } from '../communication/template.ts';
import { planMinutes, windowWords } from '../incident/time-span.ts';
import { fullTime } from '../incident/zoned-time.ts';
import type { MessageTemplate, Procedure } from '../plan/plan-item.ts';
import { cardTime, type CardSource } from './card-source.ts';

export type CardCadence = {
  /** `1-4 h` after T0. */
  readonly window: string;
  /** The same by the clock, once T0 is known. */
  readonly clock: string | null;
  /** `30 min`. */
  readonly every: string;
  readonly audience: string;
  readonly channel: string;
};

export type CardTemplate = {
  readonly template: MessageTemplate;
  /** What is known is filled in; the rest stays to be written, as `[time of the next update]`. */
  readonly subject: string | null;
  readonly body: string;
};

export type CardProcedure = {
  readonly procedure: Procedure;
  readonly cadence: readonly CardCadence[];
  readonly templates: readonly CardTemplate[];
};

/** A communication procedure as it is printed: cadence in words and by the clock, templates filled as far as paper can know. */
export function cardProcedure(procedure: Procedure, source: CardSource): CardProcedure {
  const fill = (text: string) => fillTemplate(text, knownValues(source)).text;
  return {
    procedure,
    cadence: procedure.cadence.map(({ from, to, every, audience, channel }) => {
      const [starts, ends] = [cardTime(from, source).clock, cardTime(to, source).clock];
      return {
        window: windowWords(from, to),
        clock: starts === null || ends === null ? null : `${starts} to ${ends}`,
        every: planMinutes(every),
        audience,
        channel,
      };
    }),
    templates: procedure.templates.map((template) => ({
      template,
      subject: template.subject === undefined ? null : fill(template.subject),
      body: fill(template.body),
    })),
  };
}

function knownValues({ plan, incident: open }: CardSource): Parameters<typeof fillTemplate>[1] {
  const organisation = plan.header === null ? {} : { organisation: plan.header.organisation };
  if (open === null) return organisation;
  const { title, code, severity, startedAt, zone } = open.incident;
  return { ...organisation, incident: title, incidentCode: code, severity, startedAt: fullTime(startedAt, zone) };
}
