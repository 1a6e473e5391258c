import { catalogue } from '../../shared/catalogue/index.ts';
import { toRoutes } from '../../shared/catalogue/to-routes.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import type { Tally } from '../deployed/tally.ts';
import type { StackOutputs } from './cdk-cli.ts';
import type { DeployedAccount } from './deployed-account.ts';
import type { DeployedTemplate } from './deployed-template.ts';

/** What a deployment asked for, and what stands. */
export interface DeployedState {
  readonly account: DeployedAccount;
  readonly outputs: StackOutputs;
  readonly template: DeployedTemplate;
}

/** Checks functions, routes and roles in the account against what this project says they are. */
export function checkServing(tally: Tally, { account, outputs, template }: DeployedState): void {
  const { functions, apis, logGroups, rules } = account;
  const routeKeys = [
    ...Object.values(ROUTES).flatMap((group) => Object.values(group)),
    ...toRoutes(catalogue).map(({ routeKey }) => routeKey),
  ];
  const groupCount = Object.keys(ROUTES).length + toRoutes(catalogue).length;
  const [api] = apis;
  const sweep = findSweep(account);
  tally.check(
    `${groupCount + 1} functions stand, one for each route group and the sweep`,
    functions.length === groupCount + 1 && sweep !== undefined,
    () => functions.map(({ name }) => name),
  );
  tally.check(
    'each runs on Node 24, arm64, and ends before API Gateway does, the sweep before the next one begins',
    functions.every(
      (fn) => fn.runtime === 'nodejs24.x' && fn.architectures[0] === 'arm64' && fn.timeout <= (fn === sweep ? 240 : 29),
    ),
    () => functions.map(({ runtime, architectures, timeout }) => [runtime, architectures, timeout]),
  );
  tally.check(
    'each is told its address, and the table, key and secret of the outputs where it may use them',
    functions.every(({ environment }) => isToldOutputs(environment, outputs)),
    () => functions.map(({ name, environment }) => [name, environment]),
  );
  tally.check(
    'one rule starts the sweep, every five minutes',
    rules.length === 1 &&
      rules[0]?.schedule === 'rate(5 minutes)' &&
      rules[0].state === 'ENABLED' &&
      rules[0].targets.length === 1 &&
      rules[0].targets[0]?.endsWith(`:function:${sweep?.name}`) === true,
    () => rules,
  );
  tally.check(
    `${routeKeys.length} routes stand, those of the route tables`,
    apis.length === 1 && JSON.stringify(api?.routes) === JSON.stringify(routeKeys.toSorted()),
    () => api?.routes,
  );
  const stage = api?.stages[0];
  tally.check(
    'the one stage keeps an access log without query strings',
    api?.stages.length === 1 &&
      stage?.accessLog?.Format.includes('$context.requestId') === true &&
      !stage.accessLog.Format.includes('$context.path'),
    () => api?.stages,
  );
  checkKept(tally, 'and throttles', {
    property: 'DefaultRouteSettings of AWS::ApiGatewayV2::Stage',
    isAsked: template.asks('AWS::ApiGatewayV2::Stage', 'DefaultRouteSettings'),
    isDropped: Object.keys(stage?.throttling ?? {}).length === 0,
    holds: stage?.throttling['ThrottlingRateLimit'] === 500,
  });
  const own = functions.map(({ logGroup }) => logGroups.find(({ name }) => name === logGroup));
  tally.check(
    'each writes to a log group of its own, kept 90 days',
    own.every((group) => group?.days === 90) && new Set(own).size === functions.length,
    () => logGroups,
  );
  tally.check(
    'no role has a managed policy, a wildcard action, or a resource with one, apart from streams of its own log group, spilled tokens and figures',
    functions.every(({ statements, managedPolicies }) => managedPolicies.length === 0 && statements.every(isNarrow)),
    () => functions.flatMap(({ statements }) => statements.filter((statement) => !isNarrow(statement))),
  );
}

/** Checks table, keys and secret in the account. */
export function checkStorage(tally: Tally, { account, outputs, template }: DeployedState): void {
  const table = account.tables.find(({ name }) => name === outputs.TableName);
  const asks = (property: string) => ({
    property: `${property} of AWS::DynamoDB::Table`,
    isAsked: template.asks('AWS::DynamoDB::Table', property),
  });
  tally.check(
    'the table is on demand, indexed and protected against deletion',
    table?.billing === 'PAY_PER_REQUEST' && table.indexes.length === 1 && table.deletionProtection === true,
    () => table,
  );
  checkKept(tally, 'it can be restored to any second', {
    ...asks('PointInTimeRecoverySpecification'),
    isDropped: table?.recovery?.PointInTimeRecoveryStatus === 'DISABLED',
    holds: table?.recovery?.PointInTimeRecoveryStatus === 'ENABLED',
  });
  checkKept(tally, 'it lets items expire', {
    ...asks('TimeToLiveSpecification'),
    isDropped: table?.ttl.TimeToLiveStatus === 'DISABLED',
    holds: table?.ttl.TimeToLiveStatus === 'ENABLED',
  });
  checkKept(tally, 'it is encrypted with the key that the outputs name for it', {
    ...asks('SSESpecification'),
    isDropped: table !== undefined && (table.encryption ?? undefined) === undefined,
    holds: table?.encryption?.KMSMasterKeyArn === outputs.TableKeyArn,
  });
  const keys = account.keys.filter(({ arn }) => [outputs.TableKeyArn, outputs.TokenKeyArn].includes(arn));
  tally.check(
    'both keys are enabled and rotate',
    keys.length === 2 && keys.every(({ state, rotates }) => state === 'Enabled' && rotates),
    () => account.keys,
  );
  const secrets = account.secrets.filter(({ arn }) =>
    [outputs.IntegrationSecretArn, outputs.SetupCodeSecretArn].includes(arn),
  );
  tally.check(
    'the secret and the set-up code are encrypted with the token key',
    secrets.length === 2 && secrets.every(({ key }) => key === outputs.TokenKeyArn),
    () => account.secrets,
  );
}

/** A property that the template asks for and the emulator ignores is told as skipped; anything else must hold. */
function checkKept(
  tally: Tally,
  rule: string,
  found: {
    readonly property: string;
    readonly isAsked: boolean;
    /** The emulator reports what it would without the property. */
    readonly isDropped: boolean;
    readonly holds: boolean;
  },
): void {
  if (found.isAsked && found.isDropped) tally.skip(rule, `the emulator ignores ${found.property}`);
  else tally.check(rule, found.isAsked && found.holds, () => found);
}

function isToldOutputs(environment: Readonly<Record<string, string>>, outputs: StackOutputs): boolean {
  const told = (variable: string, value: string) => [undefined, value].includes(environment[variable]);
  return (
    environment['PUBLIC_BASE_URL'] === outputs.GatewayUrl &&
    told('TABLE_NAME', outputs.TableName) &&
    told('TOKEN_KEY_ARN', outputs.TokenKeyArn) &&
    told('INTEGRATION_SECRET_ARN', outputs.IntegrationSecretArn) &&
    told('SETUP_CODE_SECRET_ARN', outputs.SetupCodeSecretArn)
  );
}

/** The one function without a route. */
export function findSweep({ functions }: DeployedAccount): DeployedAccount['functions'][number] | undefined {
  return functions.find(({ name }) => name.includes('MaintenanceFunction'));
}

/** CloudFormation gives a log group's ARN with `:*`, which means its streams. Of spilled tokens only the prefix is known. */
function isNarrow({ Effect, Action, Resource }: DeployedAccount['functions'][number]['statements'][number]): boolean {
  // Figures have no resource that a policy could name.
  const isFigures = [Action].flat().join() === 'cloudwatch:GetMetricData' && Effect === 'Allow';
  if (isFigures) return true;
  return (
    Effect === 'Allow' &&
    [Action].flat().every((action) => !action.includes('*')) &&
    [Resource]
      .flat()
      .map((arn) => arn.replace(/^(arn:aws:logs:.*:log-group:[^*]+):\*$/, '$1'))
      .map((arn) => arn.replace(/^(arn:aws:secretsmanager:[^*]+:secret:DiscordIntegration\/spill\/)\*$/, '$1'))
      .every((arn) => !arn.includes('*'))
  );
}
