import path from 'node:path';
import * as z from 'zod/mini';
import { connectControl } from '../../infra/local/discord/control/control-client.ts';
import type { SimulatorProcess } from '../../infra/local/simulator-process.ts';
import { GatewayHttp } from '../deployed/gateway-http.ts';
import { actForUser, checkRefusals, connectUser, disconnectUser, type JourneyTarget } from '../deployed/journey.ts';
import type { Tally } from '../deployed/tally.ts';
import { CdkCli, PROJECT_ROOT, type StackOutputs } from './cdk-cli.ts';
import { makeChangedCopy } from './changed-copy.ts';
import { checkLeft, checkSurvivors, checkUpdate } from './check-changes.ts';
import { checkServing, checkStorage, findSweep } from './check-deployed.ts';
import { readDeployedAccount, type DeployedAccount } from './deployed-account.ts';
import { DeployedTemplate } from './deployed-template.ts';
import type { EmulatedAws } from './emulated-aws.ts';
import { createCallbackInvoker } from './invoke-callback.ts';
import { invokeFunction } from './invoke-function.ts';
import { OperatorCli } from './operator-cli.ts';
import { runCommand, toTail, type CommandResult } from './run-command.ts';
import { ScriptedUser } from './scripted-user.ts';

export interface LifeCycleInput {
  readonly tally: Tally;
  readonly aws: EmulatedAws;
  readonly simulator: SimulatorProcess;
  /** Where `python` and `cfn-lint` are. */
  readonly toolsDir: string;
  readonly workDir: string;
}

/** A deployment that succeeded. */
interface Deployment {
  readonly assembly: string;
  readonly outputs: StackOutputs;
  readonly outputsFile: string;
  readonly account: DeployedAccount;
  readonly template: DeployedTemplate;
}

/** Origin of the app, which the operator allows. */
const APP_ORIGIN = 'https://app.example.com';

/** Of a run with nothing to do. The schedule may have started one before, which then has looked at the connection. */
const sweepReport = z.object({
  revocationsOwed: z.literal(0),
  idleDisconnected: z.literal(0),
  shredded: z.literal(0),
  connectionsSeen: z.number(),
  isBehind: z.literal(false),
});

/** The function that the update changes. */
const CHANGED_FUNCTION = 'portal';

/** The life of one installation: deploy, use, deploy unchanged, update, destroy, deploy again on what survived. */
export class LifeCycle {
  readonly #input: LifeCycleInput;
  readonly #cdk: CdkCli;
  readonly #python: string;

  constructor(input: LifeCycleInput) {
    this.#input = input;
    this.#cdk = new CdkCli(input.aws.env, input.workDir);
    this.#python = path.join(input.toolsDir, 'python');
  }

  /** @throws StepError when a step fails that all later ones build on; its failure is counted by then */
  async run(): Promise<void> {
    const { tally, workDir } = this.#input;
    heading('cdk bootstrap, cdk deploy');
    await this.#require('cdk bootstrap', this.#cdk.run(['bootstrap', '--output', path.join(workDir, 'cdk.out.0')]));
    const first = await this.#deploy();
    this.#checkStanding(first);
    checkStorage(tally, first);

    heading('operator and end user');
    const { target, connectionId } = await this.#connect(first);
    await actForUser(target, connectionId, 'by way of the deployed functions');
    await this.#sweep(first);

    heading('a second deployment without a change');
    const diff = await this.#cdk.run(['diff', '--fail', '--app', first.assembly]);
    tally.check('cdk diff --fail finds none', diff.code === 0, () => toTail(diff));
    const again = await this.#cdk.run(['deploy', '--app', first.assembly, '--require-approval', 'never']);
    const says = `${again.stdout}${again.stderr}`;
    tally.check('cdk deploy says so', again.code === 0 && says.includes('(no changes)'), () => toTail(again));

    heading('an update: one changed function, one changed setting');
    const updated = await this.#deploy({ architecture: 'x86_64' }, makeChangedCopy(workDir, CHANGED_FUNCTION));
    checkUpdate(tally, first, updated, CHANGED_FUNCTION);
    const isSame = JSON.stringify(updated.outputs) === JSON.stringify(first.outputs);
    tally.check('every output is what it was', isSame, () => updated.outputs);
    await actForUser(target, connectionId, 'as before');

    heading('cdk destroy');
    await this.#require('cdk destroy', this.#cdk.run(['destroy', '--force', '--app', updated.assembly]));
    checkLeft(tally, updated.account, await this.#readAccount(), first.outputs);

    heading('a new deployment on what survived');
    const renewed = await this.#deploy(toExistingContext(first.outputs));
    this.#checkStanding(renewed);
    checkSurvivors(tally, renewed.account, first.outputs);
    await this.#useAgain(renewed, target.key, connectionId);
    await this.#require('cdk destroy', this.#cdk.run(['destroy', '--force', '--app', renewed.assembly]));
    checkSurvivors(tally, await this.#readAccount(), first.outputs);

    heading('cfn-lint');
    await this.#lint('its own storage', first.template);
    await this.#lint('storage taken over', renewed.template);
  }

  async #deploy(context: Readonly<Record<string, string>> = {}, projectDir?: string): Promise<Deployment> {
    const all = { discordBaseUrl: this.#input.simulator.baseUrl, ...context };
    const { result, assembly, outputs } = await this.#cdk.deploy(all, projectDir);
    await this.#require('cdk deploy', Promise.resolve(result));
    if (outputs === undefined) throw new StepError('cdk deploy wrote no outputs');
    await connectControl(this.#input.simulator.baseUrl).setRedirectUris({ redirect_uris: [outputs.RedirectUri] });
    return {
      assembly,
      outputs,
      outputsFile: this.#cdk.outputsFile,
      account: await this.#readAccount(),
      template: new DeployedTemplate(assembly),
    };
  }

  #checkStanding(deployment: Deployment): void {
    const { stack } = deployment.account;
    this.#input.tally.check('the stack is complete', stack === 'CREATE_COMPLETE', () => stack);
    checkServing(this.#input.tally, deployment);
  }

  async #connect({ outputs, outputsFile, account }: Deployment) {
    const { tally, aws, simulator } = this.#input;
    const key = await new OperatorCli(aws.env, outputsFile).setUp(tally, simulator, APP_ORIGIN);
    if (key === undefined) throw new StepError('the operator could not set it up');
    const target: JourneyTarget = { http: new GatewayHttp(outputs.GatewayUrl, aws.endpoint), key, tally };
    await checkRefusals(target);
    tally.skip(
      'the browser returns through API Gateway',
      "the emulator's gives functions no cookies; the function is invoked with the event that AWS would send",
    );
    const callback = account.functions.find(({ name }) => name.includes('CallbackFunction'))?.name ?? '';
    const openCallback = createCallbackInvoker(this.#python, aws.env, callback, outputs.GatewayUrl);
    const connectionId = await connectUser(target, new ScriptedUser(target.http, openCallback), `${APP_ORIGIN}/back`);
    if (connectionId === undefined) throw new StepError('nobody is connected');
    return { target, connectionId };
  }

  async #useAgain({ outputs, outputsFile }: Deployment, key: string, connectionId: string): Promise<void> {
    const { tally, aws } = this.#input;
    await new OperatorCli(aws.env, outputsFile).checkComplete(tally, 'the operator has nothing to enter again');
    const target: JourneyTarget = { http: new GatewayHttp(outputs.GatewayUrl, aws.endpoint), key, tally };
    await actForUser(target, connectionId, 'with the old API key and the old connection');
    await disconnectUser(target, connectionId);
  }

  async #sweep({ account }: Deployment): Promise<void> {
    const { aws, tally } = this.#input;
    const report = await invokeFunction(this.#python, aws.env, findSweep(account)?.name ?? '', {});
    tally.check(
      'the sweep runs, finds nothing owed and the connection in order',
      sweepReport.safeParse(report).success,
      () => report,
    );
  }

  #readAccount(): Promise<DeployedAccount> {
    return readDeployedAccount(this.#python, this.#input.aws.env);
  }

  async #require(rule: string, running: Promise<CommandResult>): Promise<void> {
    const result = await running;
    const isDone = this.#input.tally.check(rule, result.code === 0, () => toTail(result));
    if (!isDone) throw new StepError(`${rule} failed`);
  }

  async #lint(what: string, template: DeployedTemplate): Promise<void> {
    const config = path.join(PROJECT_ROOT, '.ci/cfnlintrc.yaml');
    const linted = await runCommand(
      path.join(this.#input.toolsDir, 'cfn-lint'),
      ['--config-file', config, '--template', template.file],
      { cwd: PROJECT_ROOT, env: this.#input.aws.env },
    );
    this.#input.tally.check(`cfn-lint finds nothing in the template with ${what}`, linted.code === 0, () =>
      toTail(linted),
    );
  }
}

/** Thrown when going on makes no sense. */
export class StepError extends Error {
  override name = 'StepError';
}

function toExistingContext(outputs: StackOutputs): Record<string, string> {
  return {
    existingTableName: outputs.TableName,
    existingTableKeyArn: outputs.TableKeyArn,
    existingTokenKeyArn: outputs.TokenKeyArn,
    existingIntegrationSecretArn: outputs.IntegrationSecretArn,
  };
}

function heading(text: string): void {
  console.log(`\n${text}`);
}
