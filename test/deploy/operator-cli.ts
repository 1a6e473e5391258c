import * as z from 'zod/mini';
import type { SimulatorProcess } from '../../infra/local/simulator-process.ts';
import type { Tally } from '../deployed/tally.ts';
import { PROJECT_ROOT } from './cdk-cli.ts';
import { runCommand, toTail, type CommandResult } from './run-command.ts';

/** The operator's command line on a deployed stack, as its own process. */
export class OperatorCli {
  readonly #env: Readonly<NodeJS.ProcessEnv>;
  readonly #outputsFile: string;

  constructor(env: Readonly<NodeJS.ProcessEnv>, outputsFile: string) {
    this.#env = env;
    this.#outputsFile = outputsFile;
  }

  run(args: readonly string[], input = ''): Promise<CommandResult> {
    const line = ['--import', 'tsx', 'infra/operator/main.ts', '--outputs', this.#outputsFile, '--json', ...args];
    return runCommand(process.execPath, line, { cwd: PROJECT_ROOT, env: this.#env, input });
  }

  /**
   * Sets up everything that a user needs to connect, as the README tells it.
   * @returns an API key; undefined when a step failed
   */
  async setUp(tally: Tally, { clientId, clientSecret }: SimulatorProcess, returnOrigin: string) {
    const secret = JSON.stringify({ client_secret: clientSecret.reveal() });
    const steps: readonly [args: string[], input?: string][] = [
      [['set-credentials', '--client-id', clientId], secret],
      [['set-scopes', 'identify,email,guilds,connections']],
      [['set-return-origins', returnOrigin]],
      [['create-tenant', 'acme']],
    ];
    for (const [args, input] of steps) {
      const result = await this.run(args, input);
      if (!tally.check(`operator ${args[0] ?? ''}`, result.code === 0, () => toTail(result))) return undefined;
    }
    const made = await this.run(['create-key', '--tenant', 'acme', '--name', 'deploy-test']);
    const key = z.object({ api_key: z.string() }).safeParse(parseJson(made.stdout)).data?.api_key;
    // Its output holds the key: not shown.
    tally.check('operator create-key', made.code === 0 && key !== undefined, () => made.stderr);
    await this.checkComplete(tally, 'operator status says that nothing is missing');
    return key;
  }

  async checkComplete(tally: Tally, rule: string): Promise<void> {
    const status = await this.run(['status']);
    const missing = z.object({ missing: z.array(z.unknown()) }).safeParse(parseJson(status.stdout)).data?.missing;
    tally.check(rule, status.code === 0 && missing?.length === 0, () => toTail(status));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
