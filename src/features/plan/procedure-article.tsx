import { useState } from 'react';
import type { MessageTemplate, Procedure } from '../../domain/plan/plan-item.ts';
import { planMinutes, windowWords } from '../../parts/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { useToast } from '../../ui/toasts.tsx';
import { ItemFrame } from './item-frame.tsx';
import { useReading } from './reading.tsx';
import { RoleLink } from './task-article.tsx';
import { Lines, Terms } from './terms.tsx';
import styles from './plan.module.css';

/** How it is told to whom, how often and in which words. */
export function ProcedureArticle({ procedure }: { readonly procedure: Procedure }) {
  return (
    <ItemFrame item={procedure} title={procedure.title}>
      <p className={styles.text}>{procedure.purpose}</p>
      <Terms
        terms={[
          ['Owner', <RoleLink key="owner" role={procedure.owner} />],
          ['Audiences', procedure.audiences.join('; ')],
          ['Channels', procedure.channels.join('; ')],
          ['Cadence', procedure.cadence.length === 0 ? null : <Lines lines={procedure.cadence.map(cadenceWords)} />],
          ['Points', procedure.points.length === 0 ? null : <Lines lines={procedure.points} />],
          [
            'Report and escalate',
            procedure.reportAndEscalate.length === 0 ? null : <Lines lines={procedure.reportAndEscalate} />,
          ],
        ]}
      />
      {procedure.templates.map((template) => (
        <Template key={template.id} template={template} />
      ))}
    </ItemFrame>
  );
}

function cadenceWords({ from, to, every, audience, channel }: Procedure['cadence'][number]): string {
  return `${windowWords(from, to)}: every ${planMinutes(every)} to ${audience}, by ${channel}`;
}

function Template({ template }: { readonly template: MessageTemplate }) {
  const { whole } = useReading();
  const toast = useToast();
  const [opened, setOpened] = useState(false);
  const text = [template.subject, template.body].filter((each) => each !== undefined && each !== '').join('\n\n');
  const copy = async () => {
    const copied = await copyText(text);
    toast({ words: copied ? 'Copied' : 'This browser does not let the app copy. Mark the text and copy it by hand.' });
  };
  return (
    <details
      className={styles.template}
      open={whole || opened}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>
        Template: {template.title}{' '}
        <small>
          to {template.audience}, by {template.channel}
        </small>
      </summary>
      {template.subject === undefined || template.subject === '' ? null : (
        <p>
          <strong>{template.subject}</strong>
        </p>
      )}
      <p className={styles.text}>{template.body}</p>
      {whole ? null : (
        <Button fit onClick={() => void copy()}>
          Copy the text
        </Button>
      )}
    </details>
  );
}
