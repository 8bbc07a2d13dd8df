import { useState } from 'react';
import type { Corrections } from '../../domain/import/correct.ts';
import { meanings, type LabelledLine, type Meaning, type TableMeaning } from '../../domain/import/meaning.ts';
import { counted } from '../../parts/amount-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, SelectField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import type { Understanding } from './import-messages.ts';
import { meaningWords, tableWords } from './import-words.ts';
import styles from './plan-import.module.css';

type MeaningDialogProps = {
  readonly understanding: Understanding;
  readonly corrections: Corrections;
  /** Of the line that was pressed. */
  readonly number: number;
  readonly onCorrected: (corrections: Corrections) => void;
  readonly onClose: () => void;
};

/** Says what a line is, or what all rows of its table are. */
export function MeaningDialog(props: MeaningDialogProps) {
  const { understanding, number, onClose } = props;
  const labelled = understanding.lines.find(({ line }) => line.number === number);
  if (labelled === undefined) return null;
  const { line } = labelled;
  return (
    <Dialog title={line.form === 'row' ? 'What are the rows of this table?' : 'What is this line?'} onClose={onClose}>
      <blockquote className={styles.quote}>
        {line.form === 'row' ? line.cells.filter((cell) => cell !== '').join(' · ') : line.text}
      </blockquote>
      {line.form === 'row' ? <TableForm {...props} table={line.table} /> : <LineForm {...props} labelled={labelled} />}
    </Dialog>
  );
}

function LineForm({
  understanding,
  corrections,
  onCorrected,
  labelled,
}: MeaningDialogProps & { readonly labelled: LabelledLine }) {
  const [meaning, setMeaning] = useState<Meaning>(labelled.meaning);
  const alike = likeIt(understanding.lines, labelled);
  const [all, setAll] = useState(false);
  const save = () => {
    const lines = new Map(corrections.lines);
    for (const each of all ? [labelled, ...alike] : [labelled]) lines.set(each.line.number, meaning);
    onCorrected({ ...corrections, lines });
  };
  return (
    <Form onSubmit={save}>
      <SelectField
        label="It is"
        value={meaning}
        options={meanings.map((value) => ({ value, label: meaningWords[value] }))}
        onValue={setMeaning}
      />
      {alike.length === 0 ? null : (
        <CheckField
          label={`So ${alike.length === 1 ? 'is' : 'are'} ${counted(alike.length, 'line')} beside it`}
          checked={all}
          onChecked={setAll}
        />
      )}
      <Button kind="primary" type="submit">
        Read it so
      </Button>
    </Form>
  );
}

function TableForm({
  understanding,
  corrections,
  onCorrected,
  table,
}: MeaningDialogProps & { readonly table: number }) {
  const [meaning, setMeaning] = useState<TableMeaning>(understanding.tables.get(table)?.meaning ?? 'unused');
  return (
    <Form onSubmit={() => onCorrected({ ...corrections, tables: new Map(corrections.tables).set(table, meaning) })}>
      <SelectField
        label="They are"
        value={meaning}
        options={Object.entries(tableWords).map(([value, label]) => ({ value: value as TableMeaning, label }))}
        onValue={setMeaning}
      />
      <Button kind="primary" type="submit">
        Read them so
      </Button>
    </Form>
  );
}

/** The lines around it of the same form and depth that were taken for the same, as far as the next heading. */
function likeIt(lines: readonly LabelledLine[], { line, meaning }: LabelledLine): readonly LabelledLine[] {
  const at = lines.findIndex((each) => each.line === line);
  const isPart = (each: LabelledLine) =>
    line.form === 'heading'
      ? each.line.form !== 'heading' || each.line.level >= line.level
      : each.line.form !== 'heading';
  let first = at;
  let last = at;
  while (first > 0 && isPart(lines[first - 1] as LabelledLine)) first -= 1;
  while (last < lines.length - 1 && isPart(lines[last + 1] as LabelledLine)) last += 1;
  return lines
    .slice(first, last + 1)
    .filter(
      (each) =>
        each.line !== line &&
        each.line.form === line.form &&
        each.line.level === line.level &&
        each.meaning === meaning,
    );
}
