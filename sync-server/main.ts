import { readConfig } from './config.ts';
import { runConsoleCommand } from './console-commands.ts';
import { serve } from './serve.ts';

/*
 * `main.js` starts the server; `main.js <command> …` does one thing on the server's own console and ends. What fails is told in one
 * sentence: whoever reads it has a server to start, not a program to debug.
 */

const [command, ...words] = process.argv.slice(2);
const config = readConfig(process.env);
const done = config.ok
  ? await (command === undefined ? serve(config.value) : runConsoleCommand(config.value, command, words))
  : config;
if (!done.ok) {
  process.stderr.write(`${done.error}\n`);
  process.exit(1);
}
