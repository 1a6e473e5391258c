import type { ApplicationFacts } from '../discord/application-facts.ts';
import { CALLBACK_PATH } from '../connect-paths.ts';
import type { Failure, InputError } from '../problems/failure.ts';
import type { Result } from '../result.ts';
import { loadBotApplication } from './bot-application.ts';
import type { BotClientDeps } from './bot-client.ts';
import type { AppCredentials, AppSecrets, Deadline } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

export interface ProbeDeps extends Omit<BotClientDeps, 'secrets'> {
  readonly tokens: TokenEndpoint;
  readonly publicBaseUrl: string;
}

/** What Discord says of client id and secret. `unknown`: it did not answer, or not as documented. */
export type SecretVerdict = 'accepted' | 'rejected' | 'unknown';

/** No code of Discord's: it is refused, and so costs nobody anything. */
const NO_CODE = 'no-such-code';

/**
 * Asks Discord whether client id and secret belong together, by an exchange of a code that there is not: Discord looks at who is asking
 * first (RFC 6749 §5.2), so the refusal of the code says that the secret is right. The client credentials grant would say the same and
 * leave a token of the application's owner behind, which could only be revoked along with all his other ones.
 */
export async function probeSecret(
  { tokens, publicBaseUrl }: ProbeDeps,
  credentials: AppCredentials,
  deadline: Deadline,
): Promise<SecretVerdict> {
  const probe = { code: NO_CODE, redirectUri: `${publicBaseUrl}${CALLBACK_PATH}`, askedScopes: [] };
  const answered = await tokens.exchangeCode(credentials, probe, deadline);
  if (answered.ok || answered.failure.reason === 'grant_rejected') return 'accepted';
  return answered.failure.reason === 'client_rejected' ? 'rejected' : 'unknown';
}

/** What Discord says of the application of a bot token, which need not be stored. */
export async function probeBot(
  deps: ProbeDeps,
  credentials: AppCredentials,
  deadline: Deadline,
): Promise<Result<ApplicationFacts, Failure>> {
  const same = () => Promise.resolve(credentials);
  const secrets: AppSecrets = { load: same, reload: same };
  return loadBotApplication({ ...deps, secrets }, deadline);
}

/**
 * Asks Discord about credentials before they are stored.
 * @returns what Discord refuses, by field; nothing when it accepts them or cannot be asked
 */
export async function findRefusedCredentials(
  deps: ProbeDeps,
  credentials: AppCredentials,
  changed: { readonly secret: boolean; readonly bot: boolean },
  deadline: Deadline,
): Promise<InputError[]> {
  const [secret, bot] = await Promise.all([
    changed.secret ? probeSecret(deps, credentials, deadline) : 'unknown',
    changed.bot && credentials.botToken !== undefined ? probeBot(deps, credentials, deadline) : undefined,
  ]);
  const errors: InputError[] = [];
  if (secret === 'rejected') {
    const detail = `is not the secret of application ${credentials.clientId}: Discord refuses the two together. A reset at Discord makes the earlier one void.`;
    errors.push({ pointer: '/client_secret', detail });
  }
  if (bot?.ok === false && bot.failure.reason === 'bot_credential_rejected') {
    errors.push({
      pointer: '/bot_token',
      detail: 'is not accepted by Discord. "Reset Token" on the Bot page shows a new one, once.',
    });
  }
  if (bot?.ok === true && bot.value.id !== credentials.clientId) {
    const detail = `belongs to application ${bot.value.id}, not to ${credentials.clientId}`;
    errors.push({ pointer: '/bot_token', detail });
  }
  return errors;
}
