import type { IncidentMode } from '../incident/incident.ts';
import type { MessageTemplate } from '../plan/plan-item.ts';
import { fillTemplate, placeholderWords, type Placeholder } from './template.ts';
import type { TemplateValues } from './template-values.ts';

/** A message as it would go out. */
export type Message = {
  readonly subject: string;
  readonly body: string;
};

const exerciseMark = 'EXERCISE EXERCISE EXERCISE';

/** A template filled in. What goes out in an exercise says so in its subject and in its first and last line. */
export function messageFrom(template: MessageTemplate, values: TemplateValues, mode: IncidentMode | null): Message {
  const subject = fillTemplate(template.subject ?? '', values).text;
  const body = fillTemplate(template.body, values).text;
  if (mode !== 'exercise') return { subject, body };
  const marked = `${exerciseMark}: this is not a real incident.\n\n${body}\n\n${exerciseMark}`;
  return { subject: `${exerciseMark}: ${subject === '' ? template.title : subject}`, body: marked };
}

/** What still stands open in a message, by name, also after a person worked on it. */
export function openIn({ subject, body }: Message): readonly string[] {
  const text = `${subject}\n${body}`;
  return (Object.keys(placeholderWords) as Placeholder[])
    .map((name) => placeholderWords[name])
    .filter((words) => text.includes(`[${words}]`));
}

/** The log entry of a message that went out: to whom, by which way, in which words; cut where an entry ends. */
export function sentWords(template: MessageTemplate, message: Message): string {
  const words = [
    `Sent “${template.title}” to ${template.audience} by ${template.channel}.`,
    ...(message.subject === '' ? [] : [message.subject]),
    message.body,
  ].join('\n');
  return words.length <= longestEntry ? words : `${words.slice(0, longestEntry - 1)}…`;
}

const longestEntry = 8000;
