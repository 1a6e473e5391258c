import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_GUILDS } from '../../infra/local/discord/world/seed-guilds.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { connectUser } from '../support/connected-user.ts';
import { openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import { openCommandLine, type CommandLine } from './command-line.ts';

const GUILD = SEED_GUILDS.analyticalEngine.id;

describe('the operator’s commands about the bot', () => {
  const harness = useHarness();
  let operator: CommandLine;
  beforeAll(() => {
    operator = openCommandLine(harness);
  });
  afterAll(() => operator.close());

  const enterBotToken = async (botToken: string | undefined) => {
    const { clientId, clientSecret } = harness.simulator.application;
    const credentials = { clientId, clientSecret: new Secret(clientSecret) };
    await openEdges(harness).secretWriter.save(
      botToken === undefined ? credentials : { ...credentials, botToken: new Secret(botToken) },
    );
    harness.coldStart();
  };

  it('check with Discord what is set up and what is missing', async () => {
    const right = await operator.runJson('check-bot');
    expect([right.code, right.json.is_right, right.json.application_id]).toEqual([
      0,
      true,
      harness.simulator.application.clientId,
    ]);

    await harness.simulator.control.setIntents({ intents: ['GUILD_MEMBERS'] });
    await harness.simulator.control.setRedirectUris({ redirect_uris: ['https://elsewhere.example/callback'] });
    const wrong = await operator.run('check-bot');
    await harness.simulator.control.setIntents({ intents: ['GUILD_MEMBERS', 'MESSAGE_CONTENT'] });
    await harness.simulator.control.setRedirectUris({
      redirect_uris: [`${harness.stack.gateway.origin}/integration-callback`],
    });
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toMatch(/ok +Server Members Intent\n/);
    expect(wrong.stdout).toMatch(/warning +Message Content Intent: It is off.*\/developers\/applications\/\d+\/bot\)/);
    expect(wrong.stdout).toMatch(
      /failed +The redirect is registered.*has https:\/\/elsewhere\.example\/callback;.* http\S+\/integration-callback \(/,
    );
  });

  it('say that there is no bot token, or that Discord does not take it, as the actions do', async () => {
    const user = await connectUser(harness, { user: 'ada' });
    const call = async () => (await user.call(`/guilds/${GUILD}`)).json;

    await enterBotToken(undefined);
    expect([(await call()).code, (await operator.runJson('check-bot')).json.code]).toEqual([
      'bot_credential_missing',
      'bot_credential_missing',
    ]);
    await enterBotToken('wrong.bot.token-0123456789');
    expect([(await call()).code, (await operator.runJson('check-bot')).json.code]).toEqual([
      'bot_credential_rejected',
      'bot_credential_rejected',
    ]);
    await enterBotToken(harness.simulator.application.botToken);
    expect((await call()).code).toBe('guild_not_connected');
  });

  it('assign a guild to a tenant, show it, and end it at once', async () => {
    await harness.simulator.control.installBot({ guild_id: GUILD, permissions: String(1n << 10n) });
    const key = await harness.makeTenant('assigned');
    const user = await connectUser(harness, { key, user: 'linus' });
    const read = async () => (await user.call(`/guilds/${GUILD}`, { key })).status;
    expect(await read()).toBe(403);
    expect((await operator.run('list-guilds', 'assigned')).stdout).toContain('has no guild');

    expect((await operator.run('assign-guild', 'assigned', GUILD)).code).toBe(0);
    expect([await read(), (await operator.runJson('list-guilds', 'assigned')).json.items]).toEqual([
      200,
      [{ guild_id: GUILD, since: expect.any(String) }],
    ]);
    expect((await operator.run('unassign-guild', 'assigned', GUILD)).code).toBe(0);
    expect(await read()).toBe(403);
    expect((await operator.run('unassign-guild', 'assigned', GUILD)).stderr).toContain('list-guilds shows');
    expect((await operator.run('assign-guild', 'assigned', 'guild')).stderr).toContain('15 to 20 decimal digits');
    expect((await operator.run('assign-guild', 'nobody', GUILD)).stderr).toContain('there is no tenant nobody');
  });
});
