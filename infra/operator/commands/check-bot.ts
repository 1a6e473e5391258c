import { loadBotApplication } from '../../../shared/app/bot-application.ts';
import { buildApplicationPage, checkApplication } from '../../../shared/app/check-application.ts';
import type { SetupCheck } from '../../../shared/app/setup-check.ts';
import { CALLBACK_PATH } from '../../../shared/connect-paths.ts';
import { toProblem } from '../../../shared/problems/to-problem.ts';
import { ok } from '../../../shared/result.ts';
import type { Command } from '../command.ts';

/** Milliseconds that Discord may take. */
const CHECK_MS = 20_000;

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
    const { id, name, verifyKey } = loaded.value;
    const checks = checkApplication(loaded.value, {
      clientId: (await edges.integrations.load())?.clientId,
      redirectUri: `${edges.publicBaseUrl}${CALLBACK_PATH}`,
      // The token's own application: that is the one whose settings were looked at.
      page: buildApplicationPage(edges.discordBaseUrl, id),
      hasConnection: false,
    });
    const isRight = checks.every(({ state }) => state === 'ok');
    return ok({
      text: [`Application ${name} (${id})`, ...checks.map(toLine)].join('\n'),
      json: { application_id: id, verify_key: verifyKey, is_right: isRight, checks },
      isIncomplete: !isRight,
    });
  },
};

function toLine({ state, title, detail, mend }: SetupCheck): string {
  if (state === 'ok') return `ok       ${title}`;
  const advice = [mend?.text, mend?.copy, mend?.url === undefined ? undefined : `(${mend.url})`];
  return [`${state.padEnd(8)} ${title}: ${detail}`, ...advice].filter((part) => part !== undefined).join(' ');
}
