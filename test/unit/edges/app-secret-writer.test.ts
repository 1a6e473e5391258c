import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/domain/secret.ts';
import { createAppSecretWriter } from '../../../shared/edges/app-secret-writer.ts';

const build = (clientSecret: string) => ({ clientId: '1157382094513872926', clientSecret: new Secret(clientSecret) });

/** One secret with its versions, as Secrets Manager keeps them; the label can be set back, which its local server cannot. */
class Versions {
  readonly values = new Map<string, string>();
  current: string | undefined;
  #made = 0;

  readonly client = { send: (command: unknown) => Promise.resolve(command).then((sent) => this.#answer(sent)) };

  #answer(command: unknown): unknown {
    if (command instanceof GetSecretValueCommand) {
      if (this.current === undefined) throw new ResourceNotFoundException({ message: 'none', $metadata: {} });
      return { VersionId: this.current, SecretString: this.values.get(this.current) };
    }
    if (!(command instanceof PutSecretValueCommand)) throw new Error('not expected');
    const { ClientRequestToken, SecretString = '' } = command.input;
    const token = ClientRequestToken ?? `made-by-the-sdk-${String((this.#made += 1))}`;
    const existing = this.values.get(token);
    if (existing === undefined) {
      this.values.set(token, SecretString);
      this.current = token;
    } else if (existing !== SecretString) {
      throw new ResourceExistsException({ message: 'used', $metadata: {} });
    }
    return { VersionId: token };
  }
}

function open() {
  const versions = new Versions();
  const writer = createAppSecretWriter(versions.client as unknown as SecretsManagerClient, 'arn');
  const read = async () => (await writer.load())?.clientSecret.reveal();
  const version = async () => (await writer.loadVersion()).version;
  return { versions, writer, read, version };
}

describe('createAppSecretWriter', () => {
  it('lets one of two win who follow on the same version, also on none', async () => {
    const { writer, read, version } = open();

    for (const round of ['a', 'b', 'c']) {
      const over = await version();
      const both = await Promise.all([writer.save(build(`${round}1`), over), writer.save(build(`${round}2`), over)]);
      expect(both).toEqual([true, false]);
      expect(await read()).toBe(`${round}1`);
    }
  });

  it('takes a write that is repeated for the same one', async () => {
    const { writer, versions, version } = open();
    const over = await version();

    expect([await writer.save(build('a'), over), await writer.save(build('a'), over)]).toEqual([true, true]);
    expect(versions.values.size).toBe(1);
  });

  it('does not write over a version that is not the current one any more', async () => {
    const { writer, read, version } = open();
    const over = await version();
    await writer.save(build('a'), over);
    await writer.save(build('b'), await version());

    expect(await writer.save(build('c'), over)).toBe(false);
    expect(await read()).toBe('b');
  });

  it.each(['b', 'c'])('goes on from a version to which the label was set back, with %s', async (next) => {
    const { writer, versions, read, version } = open();
    await writer.save(build('a'), await version());
    const first = await version();
    await writer.save(build('b'), first);
    versions.current = first;

    expect(await read()).toBe('a');
    expect(await writer.save(build(next), first)).toBe(true);
    expect(await read()).toBe(next);
  });

  it('writes over anything when no version is named', async () => {
    const { writer, read } = open();
    await writer.save(build('a'));
    await writer.save(build('b'));

    expect(await read()).toBe('b');
  });

  it('names request tokens by the length that Secrets Manager takes', async () => {
    const { writer, versions } = open();
    await writer.save(build('a'), 'none');

    expect([...versions.values.keys()]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});
