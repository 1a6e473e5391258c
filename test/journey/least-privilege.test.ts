import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { startHarness, type Harness } from '../support/harness.ts';
import { makeToken } from '../support/made-credentials.ts';
import { sendSignIn, signInOperator, toOperatorClient } from '../support/operator-client.ts';
import { makeUserLink, OwnPageBrowser } from '../support/own-page.ts';

const { ada, grace } = SEED_USERS;
const session = (user_id: string) => ({ user_id, return_url: 'http://localhost:9/back' });

describe('every function with nothing but its own permissions', () => {
  let harness: Harness;
  let connectionId: string;
  const send = (method: string, route: string) => harness.wire.send(method, route, { key: harness.key });
  const readProfile = (id = connectionId) => send('GET', `/connections/${id}/api/v10/users/@me`);

  beforeAll(async () => {
    harness = await startHarness({ functions: 'sandboxes' });
  });
  afterAll(() => harness.stop());

  it('connects a user: session, link, callback, confirmation', async () => {
    const connection = await harness.wire.connect(harness.key, session('alice'), { userId: ada.id });

    connectionId = connection.id;
    expect(connection).toMatchObject({ user_id: 'alice', status: 'active' });
  });

  it('runs the same flow to its other ends: declined consent, a foreign browser, a wrong code', async () => {
    const { wire, key } = harness;
    const { authorize_url: link, id } = (await wire.createSession(key, session('alice'))).json;
    const jar = new Map<string, string>();
    const opened = await wire.openLink(link, jar);
    const declined = await wire.consent(opened.headers['location'] ?? '', { userId: ada.id, decision: 'cancel' });
    const foreign = await wire.openLink(link, new Map());
    const stolen = await wire.consent(foreign.headers['location'] ?? '', { userId: ada.id });

    expect((await wire.returnFromDiscord(stolen, jar)).status).toBe(400);
    expect((await wire.returnFromDiscord(declined, jar)).headers['location']).toContain('error=access_denied');
    expect((await wire.confirm(key, id, 'alice', 'wrong')).status).toBe(409);
    const back = await wire.comeBack(key, session('alice'), { userId: ada.id });
    expect((await wire.confirm(key, back.sessionId, 'alice', 'wrong')).status).toBe(403);
  });

  it('reads the profile, and again with a refreshed token once the access token has run out', async () => {
    expect((await readProfile()).json).toMatchObject({ id: ada.id });
    expect(await harness.simulator.control.expireAccessTokens({ user_id: ada.id })).not.toEqual({ expired: 0 });

    expect((await readProfile()).json).toMatchObject({ id: ada.id });
  });

  it('lists and shows connections, and widens one in place', async () => {
    const widened = await harness.wire.connect(
      harness.key,
      { ...session('alice'), scopes: ['identify', 'connections'], connection_id: connectionId },
      { userId: ada.id },
    );

    expect(widened.id).toBe(connectionId);
    expect((await send('GET', '/connections?user_id=alice')).json.items).toMatchObject([{ id: connectionId }]);
    expect((await send('GET', `/connections/${connectionId}`)).json).toMatchObject({ status: 'active' });
  });

  it('makes a connection token, runs an action with it, and revokes it', async () => {
    const { id, token } = await makeToken(harness, connectionId, { actions: ['user.read'] });
    const profile = () => harness.wire.send('GET', `/connections/${connectionId}/api/v10/users/@me`, { key: token });
    expect((await profile()).json).toMatchObject({ id: ada.id });

    expect((await send('DELETE', `/connections/${connectionId}/tokens/${id}`)).status).toBe(204);
    expect((await profile()).json).toMatchObject({ code: 'caller_unknown' });
    expect((await harness.scanTable()).filter(({ pk }) => String(pk).startsWith('KEYUSE#'))).toHaveLength(1);
  });

  it('disconnects, and revokes at Discord', async () => {
    expect((await send('DELETE', `/connections/${connectionId}`)).json).toMatchObject({ status: 'disconnected' });

    const { items } = await harness.simulator.control.listAuthorizations();
    expect(items.filter((authorization) => authorization.live_refresh_tokens > 0)).toEqual([]);
  });

  it('marks a connection whose grant is gone, and disconnects it', async () => {
    const { id } = await harness.wire.connect(harness.key, session('bob'), { userId: grace.id });
    await harness.simulator.control.revokeAuthorization({ user_id: grace.id });

    expect((await readProfile(id)).json).toMatchObject({ code: 'reconnect_required' });
    expect((await send('GET', `/connections/${id}`)).json).toMatchObject({ status: 'reconnect_required' });
    expect((await send('DELETE', `/connections/${id}`)).json).toMatchObject({ status: 'disconnected' });
  });

  it('lets an end user end his own connection and remove its webhooks', async () => {
    const { id } = await harness.wire.connect(
      harness.key,
      { ...session('carol'), scopes: ['identify', 'webhook.incoming'] },
      { userId: grace.id, channelId: '613425648685547700' },
    );
    const browser = new OwnPageBrowser(harness);
    const page = await browser.open(await makeUserLink(harness, id, { return_url: 'http://localhost:9/back' }));
    const done = await browser.disconnect(page, { delete_webhooks: 'yes' });

    expect(done.text).toContain('<h1>Disconnected</h1>');
    expect((await harness.simulator.control.listWebhooks()).items).toEqual([]);
  });

  it('sweeps: looks at every connection, and finds nothing left to do', async () => {
    expect(await harness.sweep()).toMatchObject({ connectionsSeen: 3, revocationsOwed: 0, isBehind: false });
  });

  it('shows the pages of problems', async () => {
    expect((await send('GET', '/problems/reconnect_required')).status).toBe(200);
    expect((await send('GET', '/nowhere')).status).toBe(404);
  });

  it('signs an operator in, out, and in again, and rolls the key', async () => {
    const operator = await signInOperator(harness);
    expect((await operator.call('GET', '/operator/session')).status).toBe(200);
    expect((await sendSignIn(harness, `dio_${'A'.repeat(43)}`)).status).toBe(401);
    expect((await send('GET', '/operator/session')).json).toMatchObject({ code: 'operator_only' });

    const rolled = await operator.call('POST', '/operator/key');
    expect(rolled.status).toBe(201);
    const key = String(rolled.json.operator_key);
    harness.knowSecret({ kind: 'operator key', value: key, scope: 'logs' });
    expect((await sendSignIn(harness, operator.key)).status).toBe(401);
    const again = toOperatorClient(harness, await sendSignIn(harness, key), key);
    expect((await operator.call('DELETE', '/operator/session')).status).toBe(204);
    expect((await again.call('DELETE', '/operator/sessions')).status).toBe(204);
    expect((await harness.wire.send('GET', '/operator/session', { key })).status).toBe(200);
  });

  it('was denied nothing on the way', () => {
    expect(harness.stack.aws.denials).toEqual([]);
    expect(harness.lines.filter((line) => line.startsWith('[iam]'))).toEqual([]);
    expect(harness.stack.aws.requests.count('kms', 'Decrypt')).toBeGreaterThan(0);
    expect(harness.stack.aws.requests.count('secretsManager', 'GetSecretValue')).toBeGreaterThan(0);
  });
});

interface StatementDocument {
  readonly Action: string | readonly string[];
  readonly Condition?: unknown;
}
interface PolicyResource {
  readonly Type: string;
  readonly Properties: { PolicyDocument: { Statement: StatementDocument[] } };
}

/** A copy of the cloud assembly whose template lacks the one statement of a role that fits. The code is the same. */
function copyAssemblyWithout(role: string, isRemoved: (statement: StatementDocument) => boolean): string {
  const original = inject('assemblyDir');
  const copy = mkdtempSync(path.join(tmpdir(), 'least-privilege-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync(original)) {
    if (!name.endsWith('.template.json')) {
      symlinkSync(path.join(original, name), path.join(copy, name));
      continue;
    }
    const template = JSON.parse(readFileSync(path.join(original, name), 'utf8')) as {
      Resources: Record<string, PolicyResource>;
    };
    const [policy] = Object.entries(template.Resources)
      .filter(
        ([logicalId, { Type }]) => Type === 'AWS::IAM::Policy' && logicalId.startsWith(`${role}RoleDefaultPolicy`),
      )
      .map(([, { Properties }]) => Properties.PolicyDocument);
    const kept = policy?.Statement.filter((statement) => !isRemoved(statement)) ?? [];
    expect(policy?.Statement).toHaveLength(kept.length + 1);
    if (policy !== undefined) policy.Statement = kept;
    writeFileSync(path.join(copy, name), JSON.stringify(template));
  }
  return copy;
}

describe('a function that lacks one permission', () => {
  const names = (statement: StatementDocument, action: string) => [statement.Action].flat().includes(action);
  const isVia = (statement: StatementDocument, service: string) =>
    JSON.stringify(statement.Condition ?? {}).includes(`"${service}.",{"Ref":"AWS::Region"}`);

  async function startWithout(role: string, isRemoved: (statement: StatementDocument) => boolean): Promise<Harness> {
    const assemblyDir = copyAssemblyWithout(role, isRemoved);
    const harness = await startHarness({ functions: 'sandboxes', assemblyDir });
    onTestFinished(() => harness.stop());
    return harness;
  }

  it('fails at that step with 503 and says in the log what it lacks, here the query of the list', async () => {
    const { wire, key, stack, lines } = await startWithout('Connections', (s) => names(s, 'dynamodb:Query'));

    expect((await wire.createSession(key, session('alice'))).status).toBe(201);
    expect(stack.aws.denials).toEqual([]);
    const list = await wire.send('GET', '/connections', { key });
    expect([list.status, list.json.code]).toEqual([503, 'storage_unavailable']);
    expect(stack.aws.denials).toEqual([
      expect.stringMatching(
        /ConnectionsRole\w+\/local is not authorized to perform: dynamodb:Query on resource: .*\/index\/gsi1 /,
      ),
    ]);
    expect(lines).toContain(`[iam] ${stack.aws.denials[0] ?? ''}`);
  });

  it('fails likewise without the table’s key by way of DynamoDB', async () => {
    const { wire, key, stack } = await startWithout('Authorize', (s) => isVia(s, 'dynamodb'));

    const { authorize_url: link } = (await wire.createSession(key, session('alice'))).json;
    const opened = await wire.openLink(link, new Map());

    expect([opened.status, opened.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(stack.aws.denials).toEqual([expect.stringMatching(/kms:Decrypt .* \(by way of dynamodb\)$/)]);
  });

  it('fails likewise without the secret’s key by way of Secrets Manager', async () => {
    const { wire, key, stack } = await startWithout('Callback', (s) => isVia(s, 'secretsmanager'));

    const { sessionId, confirmationCode } = await wire.comeBack(key, session('alice'), { userId: ada.id });
    const confirmed = await wire.confirm(key, sessionId, 'alice', confirmationCode);

    expect([confirmed.status, confirmed.json.code]).toEqual([503, 'secret_unavailable']);
    expect(stack.aws.denials).toEqual([expect.stringMatching(/kms:Decrypt .* \(by way of secretsmanager\)$/)]);
  });
});
