import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import type { GuildBot } from './guild-bot.ts';
import type { Reply } from './scripted-app.ts';
import { USER_AGENT } from './scripted-app.ts';

/** Channels of the guild *Analytical Engine* by their names. */
export const CHANNELS = Object.fromEntries(
  SEED_GUILDS.analyticalEngine.channels.map(({ name, id }) => [name, id]),
) as Readonly<Record<'general' | 'announcements' | 'staff-only' | 'questions' | 'Voice', string>>;

export const MESSAGES = `/channels/${CHANNELS.general}/messages`;

/** Sends a message in #general. @throws Error when it is refused */
export async function say(bot: GuildBot, body: unknown, path = MESSAGES): Promise<Record<string, unknown>> {
  const reply = await bot.call('POST', path, body);
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
  return reply.json;
}

/** The codes in the nested `errors` of a refusal, each with its place: `embeds.0.title BASE_TYPE_MAX_LENGTH`. */
export function listErrors(reply: Reply): string[] {
  return walk(reply.json['errors'], []);
}

/** A call whose body is a form. */
export function sendForm(bot: GuildBot, method: string, path: string, form: FormData): Promise<Reply> {
  const authorization = `Bot ${bot.simulator.application.botToken}`;
  return bot.app.send(`/api/v10${path}`, { method, headers: { authorization, 'user-agent': USER_AGENT }, body: form });
}

/** A list in an answer. */
export function readList(reply: Reply): Record<string, unknown>[] {
  return JSON.parse(reply.text) as Record<string, unknown>[];
}

function walk(node: unknown, path: readonly string[]): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === '_errors'
      ? (value as { code: string }[]).map(({ code }) => `${path.join('.')} ${code}`)
      : walk(value, [...path, name]),
  );
}
