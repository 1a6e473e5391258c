import type { Connection } from '../../shared/domain/connection.ts';
import type { Harness } from '../support/harness.ts';
import { parseConnections, type HeldPair, type TokenFinder } from './held-tokens.ts';
import type { Item } from './table-copies.ts';

/** What is known about tokens and their keeping at one moment: the table, and Discord's side of it. */
export interface CustodyView {
  readonly items: readonly Item[];
  readonly connections: readonly Connection[];
  /** With what Discord says about each. */
  readonly pairs: readonly (HeldPair & { readonly isUsable: boolean; readonly discordUserId: string | null })[];
  readonly authorizations: readonly { readonly clientId: string; readonly userId: string; readonly isLive: boolean }[];
}

export async function viewCustody(
  { simulator: { control } }: Harness,
  finder: TokenFinder,
  items: readonly Item[],
): Promise<CustodyView> {
  const pairs = [];
  for (const pair of await finder.find(items)) {
    const access = await control.inspectToken({ token: pair.accessToken });
    // An access token alone is no custody in a connection: it ends by itself, and then nothing is left. A session that holds
    // no other has it revoked long before.
    const last = pair.refreshToken === undefined ? access : await control.inspectToken({ token: pair.refreshToken });
    pairs.push({ ...pair, isUsable: last.is_usable, discordUserId: last.user_id ?? access.user_id });
  }
  const authorizations = (await control.listAuthorizations()).items.map((found) => ({
    clientId: found.client_id,
    userId: found.user_id,
    isLive: found.live_refresh_tokens > 0,
  }));
  return { items, connections: parseConnections(items), pairs, authorizations };
}

/** What the product cannot know or prevent. */
export interface Excuses {
  /**
   * The Discord user whose new pair is lost: the process died in the one window that cannot be closed, between Discord's answer
   * with new tokens and the first write.
   */
  readonly pairLostOf?: string | undefined;
  /** A part that a dead confirmation left was in the grant before; it may stay for as long as somebody is connected. */
  readonly hasLeftover?: boolean;
  /** The connection that the lost pair was for still counts as active until its next use. */
  readonly isLossUnseen: boolean;
  /** The user has taken everything back at Discord, and nobody has used the connection since. */
  readonly isRevokedUnseen: boolean;
}

/**
 * What must hold at every moment, also right after a process was killed anywhere.
 * @returns one line for each violation
 */
export function checkCustody(view: CustodyView, { pairLostOf, isLossUnseen, isRevokedUnseen }: Excuses): string[] {
  const orphans = view.authorizations
    .filter(({ isLive, userId }) => isLive && userId !== pairLostOf)
    .filter(({ userId }) => !view.pairs.some((pair) => pair.isUsable && pair.discordUserId === userId))
    .map(({ userId }) => `nobody holds a live token of Discord user ${userId}, whose authorization is alive`);
  const dead = view.connections
    .filter(({ status }) => status === 'active' && !isLossUnseen && !isRevokedUnseen)
    .filter(({ id }) => !view.pairs.some((pair) => pair.isUsable && pair.holder.endsWith(` ${id}`)))
    .map(({ id }) => `connection ${id} is active without a usable token`);
  return [...orphans, ...dead];
}

/**
 * What must hold besides when all is over: the call was repeated, or nobody came back and the sweep has run.
 * @returns one line for each violation
 */
export function checkTidiness(
  { items, connections, authorizations }: CustodyView,
  { pairLostOf, hasLeftover }: Pick<Excuses, 'pairLostOf' | 'hasLeftover'>,
): string[] {
  const violations: string[] = [];
  for (const { id, status, isRevocationOwed, sealedTokens, discordUser } of connections) {
    if (status !== 'disconnected') continue;
    if (isRevocationOwed === true) violations.push(`the revocation of ${id} is still owed`);
    if (sealedTokens !== undefined) violations.push(`the disconnected ${id} still holds tokens`);
    const hasOthers = connections.some((other) => isSharing(other, discordUser.id));
    const isLive = authorizations.some((found) => found.isLive && found.userId === discordUser.id);
    if (!hasOthers && isLive && discordUser.id !== pairLostOf) {
      violations.push(`Discord user ${discordUser.id} is still authorized although nobody is connected`);
    }
  }
  for (const item of items) {
    const pk = String(item['pk']);
    if (pk.startsWith('TODO#')) violations.push(`a to-do is left: ${pk} ${String(item['sk'])}`);
    if (pk.startsWith('GRANT#')) {
      const members = item['members'] instanceof Set ? [...item['members']].map(String).toSorted() : [];
      const userId = pk.split('#')[2] ?? '';
      const sharing = connections
        .filter((other) => isSharing(other, userId))
        .map(({ grantMember }) => grantMember ?? '');
      // What a confirmation entered that lost its pair is left there; it counts for nobody when the others leave.
      const mayHaveLeftover = userId === pairLostOf || (hasLeftover === true && sharing.length > 0);
      const isLeftover = (member: string): boolean =>
        mayHaveLeftover && !connections.some(({ grantMember }) => grantMember === member);
      const isExpected = (member: string): boolean =>
        isLeftover(member) || sharing.some((own) => member === own || isFormer(member, own));
      if (!members.every(isExpected) || !sharing.every((own) => members.includes(own))) {
        violations.push(`the grant of ${userId} counts [${members.join()}], connected are [${sharing.join()}]`);
      }
      // A mark without its revocation. One that outlived it is only litter: after minutes it keeps nobody from connecting.
      const isLive = authorizations.some((found) => found.isLive && found.userId === userId);
      if (item['revokingSinceEpochSeconds'] !== undefined && isLive && userId !== pairLostOf) {
        violations.push(`the revocation of ${userId} was begun and never sent`);
      }
    }
  }
  return violations;
}

/** A connection that was widened may have its former part besides its own, with which it is given up. Never a younger one. */
function isFormer(member: string, own: string): boolean {
  const [connectionId, , addedAt] = member.split(':');
  const [ownConnectionId, , ownAddedAt] = own.split(':');
  return connectionId === ownConnectionId && Number(addedAt) <= Number(ownAddedAt);
}

function isSharing({ status, discordUser }: Connection, discordUserId: string): boolean {
  return status !== 'disconnected' && discordUser.id === discordUserId;
}
