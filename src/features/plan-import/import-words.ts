import type { Meaning, TableMeaning } from '../../domain/import/meaning.ts';
import type { DocumentFault } from './read-document.ts';

export const meaningWords: Readonly<Record<Meaning, string>> = {
  title: 'Title of the plan',
  summary: 'Summary',
  objective: 'Objective',
  group: 'Role group',
  role: 'Role',
  mission: 'Mission of the role above',
  responsibility: 'Duty of the role above',
  'reports-to': 'Whom the role above reports to',
  holder: 'Who holds the role above',
  phase: 'Phase',
  purpose: 'Purpose of the phase above',
  window: 'Window of a phase',
  task: 'Task',
  step: 'Step of the task above',
  'task-field': 'Owner, time or test of the task above',
  procedure: 'Communication procedure',
  point: 'Point of the procedure above',
  'resource-kind': 'Kind of the resources below',
  resource: 'Resource',
  contact: 'Contact',
  milestone: 'Milestone',
  risk: 'Risk',
  system: 'System',
  criterion: 'Criterion for activation',
  heading: 'Heading only',
  unused: 'Not used',
};

export const tableWords: Readonly<Record<TableMeaning, string>> = {
  role: 'Roles',
  task: 'Tasks',
  contact: 'Contacts',
  resource: 'Resources',
  system: 'Systems',
  milestone: 'Milestones',
  phase: 'Phases',
  procedure: 'Communication procedures',
  risk: 'Risks',
  unused: 'Not used',
};

export const faultWords: Readonly<
  Record<DocumentFault | 'stopped', { readonly title: string; readonly advice: string }>
> = {
  'too-large': {
    title: 'This file is too large.',
    advice: 'At most 20 MB, and 64 MB once it is unpacked. Take pictures out, or cut it into parts.',
  },
  'too-long': {
    title: 'This document is too long.',
    advice: 'At most 20,000 lines. Cut it into parts and read them one after the other.',
  },
  empty: {
    title: 'There is nothing to read in it.',
    advice: 'A scanned page is a picture: it needs text that can be selected.',
  },
  damaged: {
    title: 'This file can’t be opened.',
    advice:
      'It is damaged, or not what its name says. Open it where it was made, save it again, or copy its text and paste it.',
  },
  'not-plain': {
    title: 'This file is not taken.',
    advice: 'It holds things that no document needs and that could do harm. Copy its text and paste it.',
  },
  'not-text': { title: 'This is not text in UTF-8.', advice: 'Save it as UTF-8, or copy its text and paste it.' },
  'unknown-form': {
    title: 'This kind of file can’t be read.',
    advice:
      'Word (.docx), Excel (.xlsx), CSV, Markdown, web pages and text can. Of a PDF, copy all of its text and paste it.',
  },
  'old-form': {
    title: 'This is a file of an old Word or Excel.',
    advice: 'Save it as .docx or .xlsx, or copy its text and paste it.',
  },
  'plan-file': {
    title: 'This is a plan file of Holdfast.',
    advice: 'Open it under “Open a plan file”: nothing in it has to be guessed.',
  },
  stopped: {
    title: 'The document could not be read.',
    advice: 'It was too much for this device. Cut it into parts, or try it on a computer. Nothing was changed.',
  },
};
