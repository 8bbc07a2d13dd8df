/**
 * What a message template may leave open and the app fills in. A plan that names another one is refused: it would go out
 * to customers with the braces in it.
 */
export const placeholders = [
  'organisation',
  'incident',
  'incidentCode',
  'severity',
  'startedAt',
  'now',
  'nextUpdate',
  'estimate',
  'phase',
  'progress',
  'systemsDown',
  'systemsRestored',
  'contactName',
  'contactPhone',
] as const;
export type Placeholder = (typeof placeholders)[number];

/** What the fields are called where a person fills one in by hand. */
export const placeholderWords: Readonly<Record<Placeholder, string>> = {
  organisation: 'organisation',
  incident: 'title of the incident',
  incidentCode: 'incident code',
  severity: 'severity',
  startedAt: 'time of activation',
  now: 'time of this message',
  nextUpdate: 'time of the next update',
  estimate: 'estimated time of restoration',
  phase: 'current phase',
  progress: 'progress',
  systemsDown: 'systems that are down',
  systemsRestored: 'systems that are restored',
  contactName: 'name of the contact',
  contactPhone: 'telephone of the contact',
};

export type TemplateFault =
  { readonly tag: 'unknown-placeholder'; readonly name: string } | { readonly tag: 'unclosed' };

export type FilledText = {
  /** Ready to send only if `open` is empty: what had no value stays visible as `[time of the next update]`. */
  readonly text: string;
  readonly open: readonly Placeholder[];
};

/** The placeholders of a template text, each once, in the order in which they come; unknown ones are left out. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  const names = [...text.matchAll(marks)].map((mark) => (mark[1] ?? '').trim());
  return [...new Set(names.filter(isPlaceholder))];
}

/** What keeps a template text from being filled: names the app doesn't know, and braces that are never closed. */
export function templateFaults(text: string): readonly TemplateFault[] {
  const names = [...text.matchAll(marks)].map((mark) => (mark[1] ?? '').trim());
  const unknown = [...new Set(names.filter((name) => !isPlaceholder(name)))];
  const rest = text.replace(marks, '');
  return [
    ...unknown.map((name) => ({ tag: 'unknown-placeholder' as const, name })),
    ...(rest.includes('{{') || rest.includes('}}') ? [{ tag: 'unclosed' as const }] : []),
  ];
}

/** Fills a template. Values are put in as they are, once: braces inside a value stand for themselves. Empty values count as open. */
export function fillTemplate(text: string, values: Readonly<Partial<Record<Placeholder, string>>>): FilledText {
  const open = placeholdersIn(text).filter((name) => !values[name]);
  const filled = text.replace(marks, (mark, raw: string) => {
    const name = raw.trim();
    if (!isPlaceholder(name)) return mark;
    return values[name] || `[${placeholderWords[name]}]`;
  });
  return { text: filled, open };
}

const marks = /\{\{([^{}]*)\}\}/g;

function isPlaceholder(name: string): name is Placeholder {
  return (placeholders as readonly string[]).includes(name);
}
