import { ENV } from '../../shared/env.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorTarget } from './operator-edges.ts';

/**
 * Before a command that opens tokens or calls Discord: it must be known how.
 * @throws OperatorError saying what to do
 */
export function requireTokenAccess({ tokenAccess, local }: OperatorTarget): void {
  if (tokenAccess !== undefined) return;
  throw new OperatorError(
    local === undefined
      ? `this command opens tokens: set ${ENV.tokenKeyArn} and ${ENV.deploymentName} too, or use --outputs`
      : 'this command opens tokens and calls Discord: start the local gateway first (npm start)',
  );
}
