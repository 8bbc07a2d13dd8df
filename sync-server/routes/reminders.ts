import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { reminderPoints } from '../../src/domain/readiness/reminder.ts';
import { requireCoordinator, requireDevice, signedIn } from '../authorise.ts';
import { reminderWays, type KeptReminder, type Noted } from '../journal/reminders.ts';
import { sendProblem } from '../problem.ts';
import { withPoints } from '../reminder-sender.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, personField, reply, segmentField, withBody, withToken } from '../wire.ts';

const wayField = z.enum(reminderWays);

const remindBody = z.object({
  request: segmentField<string>().describe('Names this wish: made again, it sends nothing'),
  people: z
    .array(z.object({ person: personField, points: z.array(z.enum(reminderPoints)).min(1).max(reminderPoints.length) }))
    .min(1)
    .max(200),
  again: z.boolean().default(false).describe('Also who was reminded within the last six hours'),
});

const outcomes = z.object({
  results: z.array(
    z.object({
      person: z.string(),
      way: wayField.nullable(),
      result: z.enum(['waiting', 'sent', 'refused', 'failed', 'unknown', 'too-soon', 'no-way']),
    }),
  ),
});

const known = z.object({
  ways: z.array(wayField).describe('Which are set up on this server'),
  people: z
    .array(z.object({ person: z.string(), ways: z.array(wayField) }))
    .describe('Everybody who can be reminded, and how'),
  latest: z.array(
    z.object({
      person: z.string(),
      way: wayField,
      at: z.string(),
      by: z.string(),
      result: z.enum(['waiting', 'sent', 'refused', 'failed', 'unknown']),
    }),
  ),
});

const requestParams = z.object({ request: segmentField<string>() });

/** Reminders by the server, for coordinators. What is said is fixed (reminder-text.ts); whom it reaches is in the records, not in a request. */
export function reminderRoutes(app: FastifyInstance, context: ServerContext): void {
  const onRequest = [requireDevice(context), requireCoordinator(context)];
  const common = { tags: ['people'], security: [{ device: [] }] };
  const { reminders } = context.journal;

  const listSchema = {
    ...common,
    summary: 'Who can be reminded, by which way, and who was',
    response: answers({ 200: reply('By this server, and its latest reminder of each person', known) }, ...withToken),
  };
  app.get('/api/reminders', { schema: listSchema, onRequest }, async (request, to) => {
    const { workspace } = signedIn(request);
    const { ways } = context.reminderSender;
    const people = await reminders.reachable(workspace, ways);
    const latest = await reminders.latest(workspace, context.now());
    return to.send({ ways: [...ways], people, latest });
  });

  const remindSchema = {
    ...common,
    summary: 'Remind people of what is open on their phones',
    body: remindBody,
    response: answers(
      { 202: reply('What is being sent, and who is left out', outcomes) },
      ...withBody,
      ...withToken,
      'too-many-requests',
    ),
  };
  app.post('/api/reminders', { schema: remindSchema, onRequest }, async (request, to) => {
    const { workspace, person: by } = signedIn(request);
    const { people, ...wish } = request.body as z.output<typeof remindBody>;
    const { ways } = context.reminderSender;
    const named = [...new Set(people.map(({ person }) => person))];
    const now = context.now();
    const noted = await reminders.note(workspace, { ...wish, by, people: named, ways }, now);
    if (!noted.ok) return sendProblem(to, 'too-many-requests', { retryAfter: noted.error });
    context.reminderSender.send(workspace, wish.request, withPoints(noted.value.send, people));
    return to.code(202).send({ results: resultsOf(await reminders.of(workspace, wish.request, now), noted.value) });
  });

  const readSchema = {
    ...common,
    summary: 'What came of a request so far',
    params: requestParams,
    response: answers({ 200: reply('Of each person and way', outcomes) }, ...withToken),
  };
  app.get('/api/reminders/:request', { schema: readSchema, onRequest }, async (request, to) => {
    const { request: name } = request.params as z.output<typeof requestParams>;
    const kept = await reminders.of(signedIn(request).workspace, name, context.now());
    return to.send({ results: resultsOf(kept, null) });
  });
}

function resultsOf(kept: readonly KeptReminder[], noted: Noted | null): z.output<typeof outcomes>['results'] {
  return [
    ...kept.map(({ person, way, result }) => ({ person, way, result })),
    ...(noted?.tooSoon ?? []).map((person) => ({ person, way: null, result: 'too-soon' as const })),
    ...(noted?.noWay ?? []).map((person) => ({ person, way: null, result: 'no-way' as const })),
  ];
}
