import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from './cdk-cli.ts';
import { runCommand, toTail } from './run-command.ts';

/**
 * Runs a deployed function by Lambda's own `Invoke`.
 * @param python - an interpreter that has botocore
 * @returns what it answered
 * @throws Error when it failed
 */
export async function invokeFunction(
  python: string,
  env: Readonly<NodeJS.ProcessEnv>,
  functionName: string,
  event: unknown,
): Promise<unknown> {
  const script = fileURLToPath(new URL('invoke-function.py', import.meta.url));
  const options = { cwd: PROJECT_ROOT, env, input: JSON.stringify(event) };
  const invoked = await runCommand(python, [script, functionName], options);
  if (invoked.code !== 0) throw new Error(`the function ${functionName} fails: ${toTail(invoked)}`);
  return JSON.parse(invoked.stdout) as unknown;
}
