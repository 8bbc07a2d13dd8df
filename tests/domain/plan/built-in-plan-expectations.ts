/*
 * What the source document of the product asks of a plan, in our words: each duty of its six groups and each of its twelve
 * recovery steps, with the place where the built-in plan answers it.
 */

type Duty = { readonly group: string; readonly duty: string; readonly role: string; readonly says: RegExp };
type RecoveryStep = { readonly step: string; readonly phase: string; readonly codes: readonly string[] };

const A = 'executive-leadership';
const B = 'disaster-recovery-team';
const C = 'it-technical-support';
const D = 'customer-support-operations';
const E = 'legal-compliance';
const F = 'external-vendors';

export const responsibilities: readonly Duty[] = [
  {
    group: A,
    duty: 'be the contact for high-level decisions',
    role: 'executive-sponsor',
    says: /point of contact.*decisions/,
  },
  {
    group: A,
    duty: 'see that stakeholders, customers and public are told',
    role: 'executive-sponsor',
    says: /customers, stakeholders and the public/,
  },
  {
    group: A,
    duty: 'approve actions and resources',
    role: 'executive-sponsor',
    says: /Approve recovery actions.*people, equipment and money/,
  },
  { group: A, duty: 'approve the release of money', role: 'finance-approver', says: /Release the emergency budget/ },
  {
    group: A,
    duty: 'issue an official statement in a severe incident',
    role: 'public-relations',
    says: /severe incident, the official statement/,
  },
  { group: B, duty: 'lead the recovery', role: 'recovery-coordinator', says: /Lead the recovery/ },
  {
    group: B,
    duty: 'communicate with all stakeholders',
    role: 'recovery-coordinator',
    says: /Communicate with all stakeholders/,
  },
  {
    group: B,
    duty: 'restore servers, databases and applications',
    role: 'it-specialists',
    says: /servers, database hosts and applications/,
  },
  {
    group: B,
    duty: 'see that security rules are followed',
    role: 'security-officer',
    says: /security rules are followed/,
  },
  {
    group: B,
    duty: 'restore lost or corrupted data from backups',
    role: 'data-recovery-team',
    says: /lost or corrupted data from backups/,
  },
  {
    group: B,
    duty: 'keep critical operations going meanwhile',
    role: 'continuity-lead',
    says: /critical business operations running while/,
  },
  {
    group: B,
    duty: 'manage internal and external communication',
    role: 'communications-officer',
    says: /internal and external messages/,
  },
  {
    group: B,
    duty: 'notify customers and stakeholders',
    role: 'communications-officer',
    says: /Notify customers and stakeholders/,
  },
  {
    group: B,
    duty: 'handle all customer-facing messages',
    role: 'communications-officer',
    says: /every customer-facing message/,
  },
  {
    group: C,
    duty: 'carry out the technical steps',
    role: 'technical-support-lead',
    says: /Carry out the technical recovery steps/,
  },
  {
    group: C,
    duty: 'keep network and systems secure meanwhile',
    role: 'technical-support-lead',
    says: /network and systems secure/,
  },
  {
    group: C,
    duty: 'test restored systems',
    role: 'technical-support-lead',
    says: /Test restored systems for correct and secure/,
  },
  { group: D, duty: 'give customers timely updates', role: 'customer-support-lead', says: /customers timely updates/ },
  { group: D, duty: 'deal with complaints', role: 'customer-support-lead', says: /complaints and problems/ },
  {
    group: D,
    duty: 'tell the expected downtime and resolution',
    role: 'customer-support-lead',
    says: /expected downtime and time of resolution/,
  },
  { group: D, duty: 'keep orders moving', role: 'order-desk', says: /Take orders and release dispatch by hand/ },
  {
    group: E,
    duty: 'review breaches, disruption and privacy',
    role: 'legal-compliance',
    says: /data breaches, service disruption and privacy/,
  },
  {
    group: E,
    duty: 'hold the recovery to regulation and good practice',
    role: 'legal-compliance',
    says: /regulations, contracts and good practice/,
  },
  { group: E, duty: 'communicate with authorities', role: 'legal-compliance', says: /authorities, regulators/ },
  { group: F, duty: 'give technical support for its platform', role: 'payment-vendor', says: /technical support/ },
  { group: F, duty: 'give technical support for its services', role: 'hosting-vendor', says: /technical support/ },
  {
    group: F,
    duty: 'restore or replace hardware, software, services',
    role: 'hosting-vendor',
    says: /replace failed hardware, software and services/,
  },
  {
    group: F,
    duty: 'keep additional capacity available',
    role: 'hosting-vendor',
    says: /additional capacity and infrastructure available/,
  },
];

export const recoverySteps: readonly RecoveryStep[] = [
  { step: 'activate the team', phase: 'immediate-response', codes: ['CMD-01', 'CMD-02', 'CMD-03', 'CMD-04'] },
  {
    step: 'assess impact and prioritise',
    phase: 'immediate-response',
    codes: ['IT-01', 'SEC-01', 'DAT-02', 'OPS-01', 'CMD-05', 'EXE-01'],
  },
  {
    step: 'notify stakeholders',
    phase: 'immediate-response',
    codes: ['COM-01', 'COM-02', 'COM-03', 'TEC-01', 'SUP-01'],
  },
  {
    step: 'restore systems and infrastructure',
    phase: 'technical-recovery',
    codes: ['HOS-02', 'TEC-03', 'IT-02', 'IT-03', 'IT-04', 'TEC-06'],
  },
  { step: 'recover lost data', phase: 'technical-recovery', codes: ['DAT-03', 'DAT-04', 'DAT-05', 'DAT-06', 'DAT-07'] },
  { step: 'make systems secure', phase: 'technical-recovery', codes: ['SEC-04', 'SEC-05', 'SEC-06', 'SEC-07'] },
  {
    step: 'continue critical operations',
    phase: 'business-continuity',
    codes: ['BCL-04', 'OPS-04', 'OPS-05', 'SUP-03'],
  },
  { step: 'put temporary solutions in place', phase: 'business-continuity', codes: ['BCL-05'] },
  { step: 'test systems and services', phase: 'full-recovery', codes: ['IT-08', 'DAT-10', 'TEC-07', 'SEC-08'] },
  { step: 'document the recovery', phase: 'full-recovery', codes: ['CMD-08'] },
  { step: 'evaluate the recovery', phase: 'post-recovery', codes: ['CMD-11', 'CMD-12', 'EXE-04'] },
  { step: 'update the recovery plan', phase: 'post-recovery', codes: ['BCL-07', 'BCL-08'] },
];

export const imperativeVerbs: readonly string[] = (
  'Announce Approve Brief Call Check Clear Close Complete Confirm Count Cut Decide Declare Deliver Enter Estimate Hold ' +
  'Isolate Issue Join Judge List Notify Open Pay Place Plan Prepare Preserve Protect Provide Publish Put Rebuild Reconcile ' +
  'Reconnect Recover Release Relieve Restore Rotate Run Scan Schedule Send Set Show Sign Stand Start Total Update Verify ' +
  'Withdraw Write'
).split(' ');

/** What the app can fill in when a message is written. */
export const placeholders: ReadonlySet<string> = new Set([
  'organisation',
  'incident',
  'incidentCode',
  'startedAt',
  'now',
  'nextUpdate',
  'systemsDown',
  'systemsRestored',
  'phase',
  'progress',
  'contactName',
  'contactPhone',
  'severity',
  'estimate',
]);
