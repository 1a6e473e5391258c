import { PRIVILEGED_INTENTS } from '../../../shared/catalogue/action.ts';
import { loadBotApplication } from '../../../shared/app/bot-application.ts';
import { toProblem } from '../../../shared/problems/to-problem.ts';
import { CALLBACK_PATH } from '../../../shared/connect-paths.ts';
import type { ApplicationFacts } from '../../../shared/discord/application-facts.ts';
import { ok } from '../../../shared/result.ts';
import { buildCommandLine, type Command } from '../command.ts';

/** Milliseconds that Discord may take. */
const CHECK_MS = 20_000;

interface Check {
  readonly name: string;
  readonly isRight: boolean;
  /** What to do; for a right one nothing. */
  readonly advice: string;
}

export const checkBotCommand: Command = {
  name: 'check-bot',
  positionals: [],
  flags: {},
  needsTokens: true,
  summary: 'ask Discord whether the bot token fits: application, intents, redirect',
  details: `Asks Discord with the stored bot token what application it belongs to, which privileged intents are on, and whether the redirect
is registered. It changes nothing. The exit code is 1 when something is missing that actions need.`,
  run: async ({ edges }) => {
    const loaded = await loadBotApplication(edges, { remainingMs: () => CHECK_MS });
    if (!loaded.ok) {
      const { code, title, detail } = toProblem(loaded.failure, edges.publicBaseUrl, 'check-bot');
      return ok({ text: `${title}: ${detail}`, json: { is_right: false, code }, isIncomplete: true });
    }
    const integration = await edges.integrations.load();
    const checks = checkApplication(loaded.value, integration?.clientId, `${edges.publicBaseUrl}${CALLBACK_PATH}`);
    const isRight = checks.every((check) => check.isRight);
    const lines = checks.map(
      (check) => `${check.isRight ? 'ok     ' : 'missing'}  ${check.name}${check.isRight ? '' : `: ${check.advice}`}`,
    );
    return ok({
      text: [`Application ${loaded.value.name} (${loaded.value.id})`, ...lines].join('\n'),
      json: {
        application_id: loaded.value.id,
        verify_key: loaded.value.verifyKey,
        is_right: isRight,
        checks: checks.map((check) => ({ name: check.name, is_right: check.isRight })),
      },
      isIncomplete: !isRight,
    });
  },
};

function checkApplication(facts: ApplicationFacts, clientId: string | undefined, redirectUri: string): Check[] {
  const page = `https://discord.com/developers/applications/${facts.id}`;
  const intents = PRIVILEGED_INTENTS.map((intent) => ({
    name: `intent ${intent}`,
    isRight: facts.intents.includes(intent),
    advice: `switch it on at ${page}/bot, if you list members or read what others write`,
  }));
  const { redirectUris } = facts;
  return [
    {
      name: 'the bot belongs to the client id that is entered',
      isRight: facts.id === clientId,
      advice: `the token is of application ${facts.id}, entered is ${clientId ?? 'none'}: ${buildCommandLine('set-credentials', '--client-id', facts.id)}`,
    },
    ...intents,
    {
      name: `redirect ${redirectUri}`,
      isRight: redirectUris?.includes(redirectUri) === true,
      advice: `add exactly this at ${page}/oauth2`,
    },
    {
      name: 'the bot joins only with a completed code grant',
      isRight: facts.isCodeGrantRequired,
      advice: `switch on "Requires OAuth2 Code Grant" at ${page}/bot`,
    },
  ];
}
