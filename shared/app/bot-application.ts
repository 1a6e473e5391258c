import { parseApplicationFacts, type ApplicationFacts } from '../discord/application-facts.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { hasBotToken, readAsBot, type BotClientDeps } from './bot-client.ts';
import type { Clock, Deadline, Memory } from './ports.ts';

const APPLICATION_PATH = '/api/v10/applications/@me';

/**
 * What Discord says about the bot's application: intents, redirect addresses, public key.
 * @throws OutageError when the secret is not to be had
 * @see Discord docs: resources/application (Get Current Application)
 */
export async function loadBotApplication(
  deps: BotClientDeps,
  deadline: Deadline,
): Promise<Result<ApplicationFacts, Failure>> {
  const read = await readAsBot(deps, APPLICATION_PATH, deadline);
  if (!read.ok) return read;
  const facts = parseApplicationFacts(read.value);
  return facts === undefined ? fail({ reason: 'discord_answer_unreadable' }) : ok(facts);
}

/**
 * The same for decisions, remembered by this sandbox for as long as its memory says: an intent is switched on or off once in a year.
 * @returns the application, or why there is no bot to act
 * @throws OutageError when the secret is not to be had
 */
export async function loadBot(
  deps: BotClientDeps & { readonly clock: Clock; readonly applications: Memory<ApplicationFacts> },
  clientId: string,
  deadline: Deadline,
): Promise<Result<ApplicationFacts, Failure>> {
  if (!(await hasBotToken(deps))) return fail({ reason: 'bot_credential_missing' });
  const nowEpochMs = deps.clock.nowEpochMs();
  const known = deps.applications.get(clientId, nowEpochMs);
  if (known !== undefined) return ok(known);
  const loaded = await loadBotApplication(deps, deadline);
  if (loaded.ok) deps.applications.set(clientId, loaded.value, nowEpochMs);
  return loaded;
}
