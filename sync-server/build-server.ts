import compress from '@fastify/compress';
import swagger from '@fastify/swagger';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject, validatorCompiler } from 'fastify-type-provider-zod';
import type { Millis } from '../src/domain/time.ts';
import { DeviceLimits } from './attempt-limits.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import {
  closeAfterEarlyReplies,
  overlookExpectations,
  requireHost,
  usualTimeouts,
  type Timeouts,
} from './connections.ts';
import { replyTo, replyToBrokenRequests, replyToErrors } from './error-replies.ts';
import type { Journal } from './journal/journal.ts';
import { commentEvery, LiveStreams } from './live-streams.ts';
import { logGaps, logRequests } from './log.ts';
import { sendProblem } from './problem.ts';
import { ReminderSender, type Ways } from './reminder-sender.ts';
import { readJsonBodies } from './request-body.ts';
import { deviceRoutes } from './routes/devices.ts';
import { enrolRoute } from './routes/enrol.ts';
import { healthRoute } from './routes/health.ts';
import { historyRoute } from './routes/history.ts';
import { inviteRoutes } from './routes/invites.ts';
import { joinCodeRoute } from './routes/join-codes.ts';
import { journalRoute } from './routes/journal.ts';
import { liveRoute } from './routes/live.ts';
import { openapiRoute } from './routes/openapi.ts';
import { personRoute } from './routes/people.ts';
import { pushSubscriptionRoutes } from './routes/push-subscriptions.ts';
import { recordRoute } from './routes/records.ts';
import { reminderRoutes } from './routes/reminders.ts';
import { sessionRoutes } from './routes/session.ts';
import { syncRoute } from './routes/sync.ts';
import { securityHeaders } from './security-headers.ts';
import { serveApp } from './serve-app.ts';
import type { ServerContext, SignIns } from './server-context.ts';
import { SlowCodes } from './slow-codes.ts';
import { Turns } from './turns.ts';
import { refuseUnknownRoutes } from './unknown-routes.ts';

/** Of every call but the push: nobody without a token gets to send more. */
const usualBodyBytes = 64 * 1024;

export type ServerParts = {
  readonly journal: Journal;
  /** Origin under which people open the app, without a slash at its end. */
  readonly publicUrl: string;
  readonly version: string;
  /** Where the built app lies; null: only the API. */
  readonly appDir: string | null;
  readonly now: () => Millis;
  readonly signIns: SignIns;
  readonly log: FastifyBaseLogger;
  readonly timeouts?: Timeouts;
  readonly commentEvery?: Millis;
  /** How people can be reminded; by default in no way. */
  readonly ways?: Ways;
};

/**
 * When thousands of phones come back in one moment, the bodies of so many become objects, the others wait as the bytes that came. As
 * many share a transaction: more would only wait for each other.
 */
const bodiesAtOnce = 64;

/** The server without listening; closing it ends the live streams and waits for the requests under way. The journal is the caller's. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const context = contextOf(parts);
  const headers = securityHeaders(parts.publicUrl);
  const app = createApp(parts, headers);
  const stopHearing = parts.journal.onRevocation((device) => context.liveStreams.endFor(device));
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    stopHearing();
    context.liveStreams.endAll();
    done();
  });
  app.addHook('onClose', () => context.reminderSender.close());
  app.decorateRequest('arrived', 0);
  app.decorateRequest('signedIn', null);
  app.decorateRequest('turn', null);
  app.addHook('onRequest', async (request, reply) => {
    request.arrived = parts.now();
    reply.headers(headers);
    if (closing)
      return sendProblem(reply.header('connection', 'close'), 'unavailable', { detail: 'The server is stopping.' });
  });
  logRequests(app);
  logGaps(app, parts.journal);
  refuseUnknownRoutes(app);
  replyToErrors(app);
  readJsonBodies(app, context);
  overlookExpectations(app);
  requireHost(app);
  closeAfterEarlyReplies(app, (parts.timeouts ?? usualTimeouts).linger);
  app.setValidatorCompiler(validatorCompiler);
  // replies are typed where they are made; validating 4 MiB pages again would cost every phone time
  app.setSerializerCompiler(() => (body) => JSON.stringify(body));
  await app.register(compress, { globalDecompression: false, encodings: ['br', 'gzip'] });
  await describeApi(app, parts.version);
  await app.register(async (api) => addRoutes(api, context));
  await serveApp(app, parts.appDir);
  return app;
}

function contextOf(parts: ServerParts): ServerContext {
  return {
    journal: parts.journal,
    publicUrl: parts.publicUrl,
    version: parts.version,
    now: parts.now,
    ...parts.signIns,
    slowCodes: new SlowCodes(),
    deviceLimits: new DeviceLimits(),
    callsUnderWay: new CallsUnderWay(),
    turns: new Turns(bodiesAtOnce),
    liveStreams: new LiveStreams(parts.commentEvery ?? commentEvery),
    reminderSender: new ReminderSender({
      journal: parts.journal,
      ways: parts.ways ?? { mail: null, push: null },
      publicUrl: parts.publicUrl,
      log: parts.log,
    }),
  };
}

function createApp(parts: ServerParts, headers: Readonly<Record<string, string>>): FastifyInstance {
  const timeouts = parts.timeouts ?? usualTimeouts;
  return Fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: false,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionTimeout: timeouts.idle,
    http: {
      headersTimeout: timeouts.headers,
      connectionsCheckingInterval: Math.min(1000, timeouts.headers),
      requireHostHeader: false,
    },
    clientErrorHandler: replyToBrokenRequests(headers),
    frameworkErrors: (error, request, reply) => {
      replyTo(error, request, reply.headers(headers));
    },
    bodyLimit: usualBodyBytes,
    routerOptions: { maxParamLength: 200 },
  });
}

async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Holdfast sync protocol', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: {
        securitySchemes: { device: { type: 'http', scheme: 'bearer', description: 'A token of `POST /api/session`' } },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

function addRoutes(api: FastifyInstance, context: ServerContext): void {
  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { origin } = request.headers;
    if (origin !== undefined && origin !== context.publicUrl) {
      return sendProblem(reply, 'wrong-origin', { detail: `Open the app at ${context.publicUrl}.` });
    }
  });
  healthRoute(api, context);
  openapiRoute(api);
  enrolRoute(api, context);
  sessionRoutes(api, context);
  syncRoute(api, context);
  liveRoute(api, context);
  inviteRoutes(api, context);
  joinCodeRoute(api, context);
  deviceRoutes(api, context);
  recordRoute(api, context);
  historyRoute(api, context);
  journalRoute(api, context);
  personRoute(api, context);
  reminderRoutes(api, context);
  pushSubscriptionRoutes(api, context);
}
