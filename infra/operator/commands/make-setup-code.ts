import { makeSetupCode } from '../../../shared/app/set-up-code.ts';
import { refuse } from '../../../shared/app/operate-tenants.ts';
import { PORTAL_PATH } from '../../../shared/connect-paths.ts';
import { ENV } from '../../../shared/env.ts';
import { ok } from '../../../shared/result.ts';
import type { Command } from '../command.ts';

export const makeSetupCodeCommand: Command = {
  name: 'make-setup-code',
  positionals: [],
  flags: {},
  summary: 'make a new one-time set-up code for the portal, for who has lost the operator key; it is shown this once',
  details: `Enter the code at the portal: it makes a new operator key. The old key and everybody's sessions end at that moment, not before.`,
  run: async ({ edges }) => {
    const { setupCodes } = edges;
    if (setupCodes === undefined) {
      return refuse(`where the set-up code lies is not known: set ${ENV.setupCodeSecretArn} too, or use --outputs`);
    }
    // The one place where a set-up code is printed by a command.
    const code = (await makeSetupCode({ ...edges, setupCodes })).reveal();
    const portalUrl = `${edges.publicBaseUrl}${PORTAL_PATH}`;
    return ok({
      text: `Set-up code  ${code}`,
      json: { setup_code: code, portal_url: portalUrl },
      notes: [`Enter it at ${portalUrl}. It works once.`],
    });
  },
};
