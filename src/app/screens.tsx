import type { ComponentType } from 'react';
import type { IconName } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import { NowPage } from '../features/now/now-page.tsx';

/*
 * Every screen of the app: where it is, what it is called, where it is found. A new screen is one more row. Its code may come
 * lazily, as all of it is precached; Now opens first and is part of the first load.
 */

export type Screen = {
  /** In wouter's form; an optional last segment keeps list and detail one screen. */
  readonly path: string;
  readonly page: ComponentType;
  readonly title: string;
  /** `bar`: always in sight. `more`: on the More screen and the wide rail. Null: reached from another screen. */
  readonly place: 'bar' | 'more' | null;
  readonly icon?: IconName;
  /** One line on the More screen. */
  readonly detail?: string;
  /** Works as a wall display from 1600 px: larger type, no navigation. */
  readonly wall?: boolean;
};

const ChecklistPage = later(async () => (await import('../features/checklist/checklist-page.tsx')).ChecklistPage);
const TimelinePage = later(async () => (await import('../features/timeline/timeline-page.tsx')).TimelinePage);
const LogPage = later(async () => (await import('../features/log/log-page.tsx')).LogPage);
const CommunicationsPage = later(
  async () => (await import('../features/communications/communications-page.tsx')).CommunicationsPage,
);
const ContactsPage = later(async () => (await import('../features/communications/contacts-page.tsx')).ContactsPage);
const ResourcesPage = later(async () => (await import('../features/resources/resources-page.tsx')).ResourcesPage);
const IncidentPage = later(async () => (await import('../features/incident/incident-page.tsx')).IncidentPage);
const ActivatePage = later(async () => (await import('../features/activate/activate-page.tsx')).ActivatePage);
const PlanPage = later(async () => (await import('../features/plan/plan-page.tsx')).PlanPage);
const DraftPage = later(async () => (await import('../features/plan/draft-page.tsx')).DraftPage);
const MorePage = later(async () => (await import('./more-page.tsx')).MorePage);
const IncidentsPage = later(async () => (await import('./incidents-page.tsx')).IncidentsPage);
const JoinPage = later(async () => (await import('../features/join/join-page.tsx')).JoinPage);
const PeoplePage = later(async () => (await import('../features/people/people-page.tsx')).PeoplePage);
const SettingsPage = later(async () => (await import('../features/settings/settings-page.tsx')).SettingsPage);
const LostPage = later(async () => (await import('../features/lost/lost-page.tsx')).LostPage);
const InstallPage = later(async () => (await import('../features/install/install-page.tsx')).InstallPage);
const PrintPage = later(async () => (await import('../features/print/print-page.tsx')).PrintPage);
const ConflictsPage = later(async () => (await import('../features/conflicts/conflicts-page.tsx')).ConflictsPage);
const HistoryPage = later(async () => (await import('../features/history/history-page.tsx')).HistoryPage);
const RefusedPage = later(async () => (await import('../features/refused/refused-page.tsx')).RefusedPage);
const HandOverPage = later(async () => (await import('../features/hand-over/hand-over-page.tsx')).HandOverPage);
const ReadinessPage = later(async () => (await import('../features/readiness/readiness-page.tsx')).ReadinessPage);
const TestPage = later(async () => (await import('../features/readiness/test-page.tsx')).TestPage);
const ImportPage = later(async () => (await import('../features/plan-import/import-page.tsx')).ImportPage);
const RolePage = later(async () => (await import('../features/now/role-page.tsx')).RolePage);

export const screens: readonly Screen[] = [
  { path: '/now', page: NowPage, title: 'Now', place: 'bar', icon: 'now', wall: true },
  { path: '/checklist/:code?', page: ChecklistPage, title: 'Checklist', place: 'bar', icon: 'checklist' },
  { path: '/timeline', page: TimelinePage, title: 'Timeline', place: 'bar', icon: 'timeline', wall: true },
  { path: '/log', page: LogPage, title: 'Log', place: 'bar', icon: 'log' },
  { path: '/more', page: MorePage, title: 'More', place: 'bar', icon: 'more' },
  {
    path: '/plan/:section?/:item?',
    page: PlanPage,
    title: 'Plan',
    place: 'more',
    icon: 'plan',
    detail: 'Read it, print it; coordinators change it',
  },
  {
    path: '/communications/:procedure?',
    page: CommunicationsPage,
    title: 'Communications',
    place: 'more',
    icon: 'communications',
    detail: 'Who is told what, when, and in which words',
  },
  {
    path: '/contacts/:contact?',
    page: ContactsPage,
    title: 'Contacts',
    place: 'more',
    icon: 'phone',
    detail: 'Call, write, copy',
  },
  {
    path: '/resources/:resource?',
    page: ResourcesPage,
    title: 'Resources',
    place: 'more',
    icon: 'resources',
    detail: 'What is needed, what it costs, where it comes from',
  },
  {
    path: '/incident',
    page: IncidentPage,
    title: 'Incident',
    place: 'more',
    icon: 'check',
    detail: 'Its code, declaring recovery, closing',
  },
  {
    path: '/print',
    page: PrintPage,
    title: 'Print',
    place: 'more',
    icon: 'print',
    detail: 'Role cards, contacts, timeline, blank logs',
  },
  {
    path: '/activate',
    page: ActivatePage,
    title: 'Activate a plan',
    place: 'more',
    icon: 'warning',
    detail: 'Start an incident or an exercise',
  },
  {
    path: '/people/:what?/:id?',
    page: PeoplePage,
    title: 'People',
    place: 'more',
    icon: 'people',
    detail: 'Who holds which role, how to reach them; invite',
  },
  {
    path: '/conflicts',
    page: ConflictsPage,
    title: 'Overruled',
    place: 'more',
    icon: 'undo',
    detail: 'Changes that lost against another one: keep theirs, restore yours',
  },
  {
    path: '/hand-over',
    page: HandOverPage,
    title: 'Hand over',
    place: 'more',
    icon: 'hand-over',
    detail: 'Phone to phone, with no network',
  },
  {
    path: '/settings',
    page: SettingsPage,
    title: 'Settings',
    place: 'more',
    icon: 'settings',
    detail: 'This device, storage, sending, backup file',
  },
  {
    path: '/install',
    page: InstallPage,
    title: 'Install',
    place: 'more',
    icon: 'install',
    detail: 'Put the app on a home screen',
  },
  { path: '/draft/:section?/:item?', page: DraftPage, title: 'Change the plan', place: null },
  { path: '/import', page: ImportPage, title: 'Change the plan', place: null },
  { path: '/history/:code', page: HistoryPage, title: 'History', place: null },
  { path: '/incidents', page: IncidentsPage, title: 'Open another incident', place: null },
  { path: '/refused', page: RefusedPage, title: 'Refused', place: null },
  { path: '/readiness/:what?/:id?', page: ReadinessPage, title: 'Readiness', place: null },
  { path: '/test', page: TestPage, title: 'Test this device', place: null },
  { path: '/lost', page: LostPage, title: 'Lost by the server', place: null },
  { path: '/join', page: JoinPage, title: 'Join', place: null },
  { path: '/r/:prefix/:role', page: RolePage, title: 'Role', place: null },
];

/** Where a screen is linked to: its path without parameters. */
export function addressOf(screen: Screen): string {
  return screen.path.replace(/\/:.*$/, '');
}
