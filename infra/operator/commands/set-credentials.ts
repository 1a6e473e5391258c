import { changeIntegration } from '../../../shared/app/operate-integration.ts';
import { CALLBACK_PATH } from '../../../shared/connect-paths.ts';
import { ok } from '../../../shared/result.ts';
import type { Command } from '../command.ts';
import { readCredentials } from '../read-credentials.ts';
import { toSettingsJson } from './to-settings-json.ts';

export const setCredentialsCommand: Command = {
  name: 'set-credentials',
  positionals: [],
  flags: { 'client-id': { value: 'ID', isRequired: true } },
  summary: 'enter the Discord application: its client id, and its client secret at a prompt',
  details: `The client secret, and a bot token if you have one, are asked for without being shown. Without a terminal they come as JSON
on standard input, {"client_secret":"...","bot_token":"..."}, or, when that is empty, from the variables
DISCORD_CLIENT_SECRET and DISCORD_BOT_TOKEN. There is no flag for them: other users of a machine see command lines.
Without a new bot token the one that is stored stays, as long as the client id is the same.`,
  run: async ({ edges, io, flag }) => {
    const clientId = flag('client-id') ?? '';
    const before = await edges.integrations.load();
    const entered = await readCredentials(io);
    const changed = await changeIntegration(edges, { credentials: { clientId, ...entered } });
    if (!changed.ok) return changed;
    const redirectUri = `${edges.publicBaseUrl}${CALLBACK_PATH}`;
    const isOther = before !== undefined && before.clientId !== clientId;
    return ok({
      text: `Credentials of application ${clientId} are stored.\nAdd this at Discord under OAuth2, Redirects: ${redirectUri}`,
      json: { ...toSettingsJson(changed.value), redirect_uri: redirectUri },
      notes: isOther
        ? [
            `warning: it was application ${before.clientId} before; users who connected with that one must connect again`,
          ]
        : [],
    });
  },
};
