import { sha256Hex } from '../../shared/domain/hash.ts';
import { revokeApiKey } from '../../shared/app/operate-tenants.ts';
import { connectUser } from './connected-user.ts';
import type { Harness } from './harness.ts';
import { makeLimitedKey, makeToken } from './made-credentials.ts';
import { makeUserLink, readLinkSecret } from './own-page.ts';

/**
 * What somebody may present who should get nowhere, by what he is: nobody that we can read; nobody that we know; a connection
 * token, good or not, which is no API key; and two who are known, but have no business here.
 */
export type Stranger = 'missing' | 'malformed' | 'unknown' | 'ended_token' | 'other_token' | 'other_key';

export interface ForeignCredential {
  readonly name: string;
  readonly kind: Stranger;
  /** Value of the Authorization header; absent: none is sent. */
  readonly authorization?: string;
}

/** Somebody to whom everything belongs that is tried for. */
export interface Victim {
  readonly key: string;
  readonly connectionId: string;
  readonly connectedUserId: string;
  readonly sessionId: string;
  /** Whom that session is for. */
  readonly userId: string;
  readonly confirmationCode: string;
  readonly tokenId: string;
  readonly linkSecret: string;
  readonly discordAccessToken: string;
}

/** A connected user with a token, a link, and a second connect session that only waits for its confirmation. */
export async function makeVictim(harness: Harness): Promise<Victim> {
  const key = await harness.makeTenant('victim');
  const connected = await connectUser(harness, { key, scopes: ['identify', 'guilds'] });
  const { connectionId, discordUserId } = connected;
  const { items } = await harness.simulator.control.listSecrets();
  const userId = 'waiting';
  const input = { user_id: userId, return_url: 'http://localhost:9/back' };
  const { sessionId, confirmationCode } = await harness.wire.comeBack(key, input, { userId: discordUserId });
  const { id: tokenId } = await makeToken(harness, connectionId, undefined, key);
  const link = await makeUserLink(harness, connectionId, undefined, key);
  return {
    key,
    connectionId,
    connectedUserId: String((await connected.load()).user_id),
    sessionId,
    userId,
    confirmationCode,
    tokenId,
    linkSecret: readLinkSecret(link),
    discordAccessToken: items.findLast(({ kind }) => kind === 'access_token')?.value ?? '',
  };
}

/** Every kind of wrong credential there is. Moves the harness's clock by a minute. */
export async function makeForeignCredentials(harness: Harness, victim: Victim): Promise<ForeignCredential[]> {
  const { key, connectionId } = victim;
  const { clientId, clientSecret, botToken } = harness.simulator.application;
  const sibling = await connectUser(harness, { user: 'linus', key });
  const neighbour = await connectUser(harness, { user: 'grace', key: harness.key });
  const [expiring, revoked] = [
    await makeLimitedKey(harness, { lifeSeconds: 60 }, 'victim'),
    await makeLimitedKey(harness, {}, 'victim'),
  ];
  const tokens = {
    expired: await makeToken(harness, connectionId, { expires_in: 60 }, key),
    revoked: await makeToken(harness, connectionId, undefined, key),
    ofExpiredKey: await makeToken(harness, connectionId, undefined, expiring.key),
    ofRevokedKey: await makeToken(harness, connectionId, undefined, revoked.key),
    sibling: await makeToken(harness, sibling.connectionId, undefined, key),
    neighbour: await makeToken(harness, neighbour.connectionId),
  };
  await harness.wire.send('DELETE', `/connections/${connectionId}/tokens/${tokens.revoked.id}`, { key });
  await revokeApiKey(harness.edges, revoked.keyId);
  harness.clock.advanceSeconds(60);

  const bearer = (kind: Stranger, name: string, credential: string): ForeignCredential => ({
    name,
    kind,
    authorization: `Bearer ${credential}`,
  });
  const forged = (token: string) => `${token.slice(0, -43)}${'A'.repeat(43)}`;
  return [
    { name: 'no credential', kind: 'missing' },
    { name: 'client id and secret', kind: 'malformed', authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    { name: 'the bot token, as bots send it', kind: 'malformed', authorization: `Bot ${botToken}` },
    {
      name: 'an AWS signature',
      kind: 'malformed',
      authorization: 'AWS4-HMAC-SHA256 Credential=A/20261124/r/s/aws4_request, SignedHeaders=host, Signature=0',
    },
    bearer('unknown', "the user's Discord token", victim.discordAccessToken),
    bearer('unknown', 'the bot token', botToken),
    bearer('unknown', 'the client secret', clientSecret),
    bearer('unknown', 'a connect session', victim.sessionId),
    bearer('unknown', 'a confirmation code', victim.confirmationCode),
    bearer('unknown', "the secret of the user's own link", victim.linkSecret),
    bearer('unknown', 'the hash of the right key', sha256Hex(key)),
    bearer(
      'unknown',
      'the hash of the right key in the form of a key',
      `${key.slice(0, 21)}${sha256Hex(key).slice(0, 43)}`,
    ),
    bearer('unknown', 'the right key with another secret', forged(key)),
    bearer('unknown', 'an expired key', expiring.key),
    bearer('unknown', 'a revoked key', revoked.key),
    bearer('ended_token', 'an expired token', tokens.expired.token),
    bearer('ended_token', 'a revoked token', tokens.revoked.token),
    bearer('ended_token', 'a token of an expired key', tokens.ofExpiredKey.token),
    bearer('ended_token', 'a token of a revoked key', tokens.ofRevokedKey.token),
    bearer('ended_token', 'a token with another secret', forged(tokens.sibling.token)),
    bearer('other_token', "another connection's token", tokens.sibling.token),
    bearer('other_token', "a token of another tenant's connection", tokens.neighbour.token),
    bearer('other_key', "another tenant's key", harness.key),
  ];
}
