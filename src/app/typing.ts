/** Whether somebody is in the middle of writing something that no reload may take away. */
export interface Typing {
  now(): boolean;
  /** Called whenever the answer may have changed, until `signal` aborts. */
  watch(onChange: () => void, signal: AbortSignal): void;
}

const textTypes: ReadonlySet<string> = new Set([
  'text',
  'email',
  'tel',
  'url',
  'number',
  'password',
  'date',
  'time',
  'datetime-local',
]);

/** A text field counts while it has the focus, and from the first letter until its form is sent, it is emptied, or it is gone. */
export function watchTyping(document: Document): Typing {
  const written = new Set<TextField>();
  return {
    now() {
      for (const field of written) if (!field.isConnected || field.value === '') written.delete(field);
      return written.size > 0 || isTextField(document.activeElement);
    },
    watch(onChange, signal) {
      document.addEventListener('focusin', onChange, { signal });
      // at focusout the focus is still where it was
      document.addEventListener('focusout', () => setTimeout(onChange), { signal });
      document.addEventListener(
        'input',
        ({ target }) => {
          if (isTextField(target)) written.add(target);
          onChange();
        },
        { signal, capture: true },
      );
      document.addEventListener(
        'submit',
        ({ target }) => {
          for (const field of written) if (field.form === target) written.delete(field);
          setTimeout(onChange);
        },
        { signal, capture: true },
      );
    },
  };
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

function isTextField(target: EventTarget | null): target is TextField {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && textTypes.has(target.type));
}
