import { parseApplicationFacts, type ApplicationFacts } from '../discord/application-facts.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { readAsBot, type BotClientDeps } from './bot-client.ts';
import type { Clock, Deadline } from './ports.ts';

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

/** Remembers what was read for some minutes. */
export interface ApplicationCache {
  get(clientId: string, nowEpochMs: number): ApplicationFacts | undefined;
  set(clientId: string, facts: ApplicationFacts, nowEpochMs: number): void;
}

/** The same, remembered by this sandbox for as long as its cache says: an intent is switched on or off once in a year. */
export async function loadBotApplicationCached(
  deps: BotClientDeps & { readonly clock: Clock; readonly applications: ApplicationCache },
  clientId: string,
  deadline: Deadline,
): Promise<Result<ApplicationFacts, Failure>> {
  const nowEpochMs = deps.clock.nowEpochMs();
  const known = deps.applications.get(clientId, nowEpochMs);
  if (known !== undefined) return ok(known);
  const loaded = await loadBotApplication(deps, deadline);
  if (loaded.ok) deps.applications.set(clientId, loaded.value, nowEpochMs);
  return loaded;
}
