import { sha256Hex } from '../domain/hash.ts';
import { buildSetupCode, SETUP_CODE_LENGTH } from '../domain/operator-key.ts';
import type { Secret } from '../domain/secret.ts';
import type { Audit, OperatorStore, Random, SetupCodes, SetupCodeWriter } from './ports.ts';

/** @returns the set-up code while it can still make an operator key; nothing when it is used up, or there is none */
export async function loadUnusedSetupCode(deps: {
  readonly operators: OperatorStore;
  readonly setupCodes: SetupCodes;
}): Promise<Secret | undefined> {
  const [code, operator] = await Promise.all([deps.setupCodes.load(), deps.operators.load()]);
  return code !== undefined && sha256Hex(code.reveal()) !== operator?.setupCodeHash ? code : undefined;
}

/** Puts another set-up code into the secret. The operator key stays valid until the code is used. */
export async function makeSetupCode(deps: {
  readonly random: Random;
  readonly audit: Audit;
  readonly setupCodes: SetupCodeWriter;
}): Promise<Secret> {
  const code = buildSetupCode(deps.random.bytes(2 * SETUP_CODE_LENGTH));
  await deps.setupCodes.save(code);
  await deps.audit.record({ type: 'setup_code_made', actor: { kind: 'operator' } });
  return code;
}
