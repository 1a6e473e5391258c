import type { Simulator, SimulatorOptions } from '../../../infra/local/discord/simulator.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import type { Reply } from './scripted-app.ts';
import { ScriptedApp, startTestSimulator, USER_AGENT } from './scripted-app.ts';

/** The bot of the first application, at work in the guild *Analytical Engine*. */
export class GuildBot {
  readonly simulator: Simulator;
  readonly app: ScriptedApp;
  readonly guildId = SEED_GUILDS.analyticalEngine.id;

  constructor(simulator: Simulator) {
    this.simulator = simulator;
    this.app = new ScriptedApp(simulator);
  }

  /** Calls Discord's API with the bot token. */
  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const { botToken } = this.simulator.application;
    return this.app.send(`/api/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${botToken}`,
        'user-agent': USER_AGENT,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Status and Discord's code in one: all that most refusals are about. */
  async outcome(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
    const reply = await this.call(method, path, body);
    return [reply.status, reply.json['code']];
  }

  /** A member of the guild as the control API shows him. */
  async readMember(userId: string) {
    const { guild } = await this.simulator.control.readGuild({ guild_id: this.guildId });
    return guild.members.find(({ user_id }) => user_id === userId);
  }

  /** Gives the bot's role these permissions and this place, in the guild that it works in or another. */
  async arm(permissions: bigint, position = 10, guildId = this.guildId): Promise<void> {
    const { control } = this.simulator;
    await control.installBot({ guild_id: guildId, permissions: String(permissions) });
    await control.setBotRole({ guild_id: guildId, position });
  }
}

/** Roomy limits: what is tested here is not how often one may ask. */
const ROOMY = { limit: 1_000_000, window_ms: 1000 };

/** Starts a simulator with the bot in *Analytical Engine*. */
export async function startGuildBot(permissions = 0n, options: SimulatorOptions = {}): Promise<GuildBot> {
  const limits = { route: ROOMY, global_per_bot: ROOMY };
  const bot = new GuildBot(await startTestSimulator({ limits, ...options }));
  await bot.arm(permissions);
  return bot;
}
