import { randomBytes } from 'node:crypto';
import type { WorkspaceId } from '../src/domain/ids.ts';
import { joinCode, joinCodeBytes, joinCodeHash, shownJoinCode } from '../src/domain/sync/codes.ts';
import { day, type Millis } from '../src/domain/time.ts';
import type { Config } from './config.ts';
import type { Journal } from './journal/journal.ts';

const firstWorkspace = 'Recovery team';

/**
 * A new database has no account and no default one: whoever can read the server's console sets it up (protocol.md, Starting a
 * server). Makes the first workspace if there is none; while no workspace has a coordinator's device, the line to print;
 * an earlier code dies. Null once somebody has set up.
 */
export async function setUpLine(journal: Journal, config: Config, now: Millis): Promise<string | null> {
  const known = await journal.workspaces();
  if (known.some(({ hasCoordinator }) => hasCoordinator)) return null;
  const workspace = known[0]?.id ?? (await journal.createWorkspace(firstWorkspace, now));
  return await freshSetUpLine(journal, config, workspace, now);
}

/**
 * Keeps a setup code for 24 h and gives the line that tells it: the SETUP_CODE that the environment fixes, or a new one, also
 * where that was used before.
 */
export async function freshSetUpLine(
  journal: Journal,
  config: Config,
  workspace: WorkspaceId,
  now: Millis,
): Promise<string> {
  const keep = (setupCode: string) => journal.keepSetupCode(workspace, joinCodeHash(setupCode), now + day);
  let code = config.setupCode;
  if (code === null || !(await keep(code))) {
    code = joinCode(randomBytes(joinCodeBytes));
    await keep(code);
  }
  return `Set up: ${config.publicUrl}/join#${shownJoinCode(code)}`;
}
