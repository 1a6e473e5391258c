import * as z from 'zod/mini';
import { Secret } from '../../shared/domain/secret.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorIo } from './operator-io.ts';
import { promptHidden } from './prompt-hidden.ts';

/** What is secret about a Discord application, as entered. Without a bot token the stored one stays. */
export interface EnteredCredentials {
  readonly clientSecret: Secret;
  readonly botToken?: Secret;
}

/** Bytes. Both secrets together have a few hundred; more than this is another file. */
const MAX_INPUT_BYTES = 64 * 1024;

const SHAPE = '{"client_secret":"...","bot_token":"..."} (bot_token may be left out)';

const input = z.strictObject({ client_secret: z.string(), bot_token: z.optional(z.string()) });

/**
 * Reads client secret and bot token: on a terminal at hidden prompts, else as JSON from standard input, else, when that is
 * empty, from the environment. Never from the command line. What was entered appears in no message.
 * @throws OperatorError when there is nothing, or not the JSON that is wanted
 */
export async function readCredentials(io: OperatorIo): Promise<EnteredCredentials> {
  if (io.stdin.isTTY === true) {
    const [clientSecret, botToken] = await promptHidden(io, [
      'Client secret (not shown): ',
      'Bot token (not shown; Enter for none, or to keep the stored one): ',
    ]);
    return toCredentials(clientSecret?.reveal(), botToken?.reveal());
  }
  const text = (await readAll(io.stdin)).trim();
  if (text !== '') return parseInput(text);
  return toCredentials(io.env['DISCORD_CLIENT_SECRET'], io.env['DISCORD_BOT_TOKEN']);
}

function toCredentials(clientSecret: string | undefined, botToken: string | undefined): EnteredCredentials {
  if (!clientSecret) {
    throw new OperatorError(
      `no client secret was given: run this in a terminal, or give ${SHAPE} on standard input, or set DISCORD_CLIENT_SECRET`,
    );
  }
  return { clientSecret: new Secret(clientSecret), ...(botToken ? { botToken: new Secret(botToken) } : {}) };
}

/** The parser's own message would quote the input. */
function parseInput(text: string): EnteredCredentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new OperatorError(`standard input is not JSON; give ${SHAPE}`);
  }
  const parsed = input.safeParse(value);
  if (!parsed.success) throw new OperatorError(`standard input has not the wanted fields; give ${SHAPE}`);
  return toCredentials(parsed.data.client_secret, parsed.data.bot_token);
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    bytes += part.length;
    if (bytes > MAX_INPUT_BYTES) throw new OperatorError(`standard input is too long; give ${SHAPE}`);
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}
