import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Form } from '../../ui/form.tsx';
import { mostBytes } from './import-messages.ts';
import { faultWords } from './import-words.ts';
import type { GivenDocument } from './read-document.ts';

/** A file or a paste. What was pasted with its headings, lists and tables is read with them. */
export function ImportSource({ onGiven }: { readonly onGiven: (given: GivenDocument) => void }) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [fileFault, setFileFault] = useState<string | null>(null);
  const open = async (file: File) => {
    if (file.size > mostBytes)
      return setFileFault(`${faultWords['too-large'].title} ${faultWords['too-large'].advice}`);
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null) return setFileFault('This file can’t be read. It may have been moved or taken away.');
    return onGiven({ from: 'file', name: file.name, bytes: new Uint8Array(bytes) });
  };
  return (
    <Form
      onSubmit={() => {
        if (text.trim() === '') return setFault('Paste the text of the document first, or choose a file.');
        onGiven({ from: 'text', text });
      }}
    >
      <p>
        Your plan as it is: a document, a sheet, a page of a wiki. Holdfast looks for roles, phases, tasks, procedures,
        resources and contacts, and shows what it found beside the text. Nothing enters a plan before you say so, and
        nothing leaves this device.
      </p>
      <FileField
        label="Open a document"
        hint="Word (.docx), Excel (.xlsx), CSV, Markdown, web page or text"
        accept=".docx,.xlsx,.csv,.tsv,.md,.markdown,.txt,.html,.htm"
        fault={fileFault}
        onFile={(file) => void open(file)}
      />
      <TextAreaField
        label="Or paste its text"
        hint="Also of a PDF: open it, select all, copy, paste here."
        rows={10}
        value={text}
        fault={fault}
        spellCheck={false}
        autoComplete="off"
        onPaste={(event) => {
          const html = event.clipboardData.getData('text/html');
          if (!/<(?:h[1-6]|li|table)\b/i.test(html) || text.trim() !== '') return;
          event.preventDefault();
          onGiven({ from: 'html', html });
        }}
        onValue={(typed) => {
          setText(typed);
          setFault(null);
        }}
      />
      <Button kind="primary" type="submit">
        Read it
      </Button>
    </Form>
  );
}
