import { later } from '../ui/later.tsx';

/* Dialogs as screens use them: their code comes with the first press, not with the first screen. */

export const ReportDialog = later(async () => (await import('./report-dialog.tsx')).ReportDialog);
export const LogDialog = later(async () => (await import('./log-dialog.tsx')).LogDialog);
