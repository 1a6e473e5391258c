import type { Tally } from '../deployed/tally.ts';
import type { StackOutputs } from './cdk-cli.ts';
import type { DeployedAccount } from './deployed-account.ts';
import type { DeployedTemplate } from './deployed-template.ts';

/** One state of a deployment. */
export interface DeployedVersion {
  readonly account: DeployedAccount;
  readonly template: DeployedTemplate;
}

/** Checks that an update changed the code of one function, and the architecture of all. */
export function checkUpdate(tally: Tally, before: DeployedVersion, after: DeployedVersion, folder: string): void {
  tally.check('the stack is updated', after.account.stack === 'UPDATE_COMPLETE', () => after.account.stack);
  const codeBefore = before.template.hashCode();
  const changed = [...after.template.hashCode()].filter(([id, hash]) => hash !== codeBefore.get(id)).map(([id]) => id);
  tally.check(
    'only the changed function has other code, although all were built in another directory',
    changed.length === 1 && changed[0]?.toLowerCase().startsWith(folder) === true,
    () => changed,
  );
  const deployedCode = ({ account }: DeployedVersion) =>
    account.functions.find(({ name }) => name.includes(changed[0] ?? ' '))?.codeSha256;
  tally.check(
    'and that other code is deployed',
    deployedCode(after) !== undefined && deployedCode(after) !== deployedCode(before),
    () => deployedCode(after),
  );
  tally.check(
    'the changed setting is there',
    after.account.functions.every(({ architectures }) => architectures[0] === 'x86_64'),
    () => after.account.functions.map(({ architectures }) => architectures),
  );
}

/** Checks what is left after a destroy. */
export function checkLeft(tally: Tally, before: DeployedAccount, left: DeployedAccount, outputs: StackOutputs): void {
  tally.check(
    'the stack is gone, and its functions, its API and its schedule with it',
    left.stack === null && left.functions.length === 0 && left.apis.length === 0 && left.rules.length === 0,
    () => [left.stack, left.functions.length, left.apis.length, left.rules.length],
  );
  checkSurvivors(tally, left, outputs);
  const groups = before.functions.map(({ logGroup }) => logGroup);
  tally.check(
    'the logs survive',
    groups.every((name) => left.logGroups.some((group) => group.name === name)),
    () => left.logGroups,
  );
}

/** Checks that one table with items, its two keys and the secret stand, and none besides. */
export function checkSurvivors(tally: Tally, account: DeployedAccount, outputs: StackOutputs): void {
  const { tables, keys, secrets } = account;
  tally.check(
    'the table survives with its items, and is the only one',
    tables.length === 1 && tables[0]?.name === outputs.TableName && tables[0].items > 0,
    () => tables,
  );
  tally.check(
    'both keys survive, not scheduled for deletion, and are the only ones of ours',
    [outputs.TableKeyArn, outputs.TokenKeyArn].every((arn) =>
      keys.some((key) => key.arn === arn && key.state === 'Enabled'),
    ) && keys.length === 2,
    () => keys,
  );
  // A stack that takes over what survived makes a set-up code of its own; the one before it is used up and stays until somebody removes it.
  const others = secrets.filter(({ arn }) => arn !== outputs.IntegrationSecretArn);
  tally.check(
    'the secret survives, and beside it there are set-up codes only',
    others.length === secrets.length - 1 &&
      others.every(({ arn }) => arn.includes(':secret:DiscordIntegration-SetupCode-')),
    () => secrets,
  );
}
