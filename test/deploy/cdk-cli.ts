import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { runCommand, type CommandResult } from './run-command.ts';

export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

const outputsFile = z.object({
  DiscordIntegration: z.object({
    GatewayUrl: z.string(),
    RedirectUri: z.string(),
    TableName: z.string(),
    TableKeyArn: z.string(),
    TokenKeyArn: z.string(),
    IntegrationSecretArn: z.string(),
    SetupCodeSecretArn: z.string(),
  }),
});

/** What a deployment tells its operator. */
export type StackOutputs = z.infer<typeof outputsFile>['DiscordIntegration'];

/** Runs the real CDK CLI of the project. */
export class CdkCli {
  readonly #env: Readonly<NodeJS.ProcessEnv>;
  readonly #workDir: string;
  #runs = 0;

  constructor(env: Readonly<NodeJS.ProcessEnv>, workDir: string) {
    this.#env = env;
    this.#workDir = workDir;
  }

  /** `npx cdk <args>` in a project directory. */
  run(args: readonly string[], cwd: string = PROJECT_ROOT): Promise<CommandResult> {
    return runCommand('npx', ['--no-install', 'cdk', ...args], { cwd, env: this.#env });
  }

  /**
   * Synthesizes, bundles and deploys.
   * @param context - as by `-c name=value`
   * @returns how it ended, where its assembly lies, and the outputs, if it succeeded
   */
  async deploy(
    context: Readonly<Record<string, string>>,
    cwd: string = PROJECT_ROOT,
  ): Promise<{ result: CommandResult; assembly: string; outputs: StackOutputs | undefined }> {
    this.#runs += 1;
    const assembly = path.join(this.#workDir, `cdk.out.${this.#runs}`);
    const file = path.join(this.#workDir, `outputs.${this.#runs}.json`);
    const settings = Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const args = ['deploy', '--require-approval', 'never', '--outputs-file', file, '--output', assembly, ...settings];
    const result = await this.run(args, cwd);
    return { result, assembly, outputs: result.code === 0 ? readOutputs(file) : undefined };
  }

  /** File that the last `deploy` wrote its outputs to. */
  get outputsFile(): string {
    return path.join(this.#workDir, `outputs.${this.#runs}.json`);
  }
}

function readOutputs(file: string): StackOutputs {
  return outputsFile.parse(JSON.parse(readFileSync(file, 'utf8'))).DiscordIntegration;
}
