import { rotateTenantKey } from '../../../shared/app/rotate-tenant-key.ts';
import { DATA_KEY_RETENTION_SECONDS } from '../../../shared/domain/data-key.ts';
import { ok } from '../../../shared/result.ts';
import { buildProgress } from '../build-narrator.ts';
import { buildCommandLine, type Command } from '../command.ts';

const RETENTION_DAYS = DATA_KEY_RETENTION_SECONDS / 86_400;

export const rotateTenantKeyCommand: Command = {
  name: 'rotate-tenant-key',
  positionals: ['TENANT'],
  flags: {},
  needsTokens: true,
  summary: "give a tenant another data key and seal its users' tokens anew under it",
  details: `Nothing stops meanwhile. Broken off, run it again: it goes on where it was. The old key stays to open what is still under it
and is deleted by the sweep, at the earliest ${RETENTION_DAYS} days later. (The KMS key that wraps the data keys is rotated by AWS, once a year.)`,
  run: async ({ edges, io, positional }) => {
    const tenantId = positional(0);
    const rotated = await rotateTenantKey(edges, tenantId, buildProgress(io, 'sealed anew'));
    if (!rotated.ok) return rotated;
    const { keyId, isResumed, resealed, left } = rotated.value;
    const begun = isResumed ? 'An earlier rotation was gone on with' : 'A new data key was made';
    const rest =
      left === 0
        ? `The sweep deletes the old key when nothing can need it any more, at the earliest in ${RETENTION_DAYS} days.`
        : `Still under an old key: ${left}. Run it again (${buildCommandLine('rotate-tenant-key', tenantId)}), or leave it to the sweep.`;
    return ok({
      text: `${begun}: tenant ${tenantId} seals with key ${keyId}. Connections sealed anew: ${resealed}.\n${rest}`,
      json: { tenant: tenantId, key_id: keyId, resumed: isResumed, resealed, left },
      isIncomplete: left > 0,
    });
  },
};
