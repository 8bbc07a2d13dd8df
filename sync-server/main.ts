import Fastify from 'fastify';
import { readConfig } from './config.ts';

const config = readConfig(process.env);
if (!config.ok) throw new Error(config.error);

const app = Fastify();
app.get('/api/health', () => ({ status: 'ok' }));
await app.listen({ port: config.value.port, host: config.value.host });
process.stdout.write(`Ready: ${config.value.publicUrl}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close());
