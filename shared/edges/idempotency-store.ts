import * as z from 'zod/mini';
import type { IdempotencyStore } from '../app/ports.ts';
import type { Sealed } from '../domain/envelope.ts';
import type { IdempotencyRecord } from '../domain/idempotency.ts';
import { TABLE } from '../table.ts';
import { keys } from './keys.ts';
import type { Item, TableClient } from './table-client.ts';

const record = z.object({
  fingerprint: z.string(),
  claimId: z.string(),
  state: z.enum(['running', 'unknown', 'done']),
  startedAtEpochMs: z.number(),
  claimedUntilEpochMs: z.number(),
  sealedAnswer: z.exactOptional(z.custom<Sealed>((value) => typeof value === 'string' && value.startsWith('v1.'))),
  expiresAtEpochSeconds: z.number(),
});

/** Records of calls with an `Idempotency-Key`; see {@link IdempotencyStore}. TTL takes them after a day. */
export function createIdempotencyStore(table: TableClient): IdempotencyStore {
  const load = async (hash: string) => parse(await table.get(keys.idempotency(hash)));
  /** A write whose answer was lost and which the SDK repeats meets itself. */
  const isOwn = async (hash: string, claimId: string, state: IdempotencyRecord['state']) => {
    const stored = await load(hash);
    return stored?.claimId === claimId && stored.state === state;
  };
  const whileRunning = (claimId: string) => ({
    ConditionExpression: 'claimId = :claim AND #state = :running',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':claim': claimId, ':running': 'running' },
  });
  return {
    create: async (hash, claim, nowEpochSeconds) => {
      const isCreated = await table.put(keys.idempotency(hash), toItem(claim), {
        ConditionExpression: 'attribute_not_exists(pk) OR #ttl <= :now',
        ExpressionAttributeNames: { '#ttl': TABLE.ttlAttribute },
        ExpressionAttributeValues: { ':now': nowEpochSeconds },
      });
      return isCreated || isOwn(hash, claim.claimId, claim.state);
    },
    takeOver: async (hash, lapsedClaimId, claim) => {
      const isTaken = await table.put(keys.idempotency(hash), toItem(claim), {
        ConditionExpression: 'claimId = :lapsed AND #state <> :done',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':lapsed': lapsedClaimId, ':done': 'done' },
      });
      return isTaken || isOwn(hash, claim.claimId, claim.state);
    },
    load: async (hash, nowEpochSeconds) => {
      const stored = await load(hash);
      return stored === undefined || stored.expiresAtEpochSeconds <= nowEpochSeconds ? undefined : stored;
    },
    finish: async (hash, claimId, sealedAnswer) => {
      const condition = whileRunning(claimId);
      const finished = await table.update(keys.idempotency(hash), {
        UpdateExpression: 'SET #state = :done, sealedAnswer = :answer',
        ...condition,
        ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':done': 'done', ':answer': sealedAnswer },
      });
      return finished !== undefined || isOwn(hash, claimId, 'done');
    },
    noteUnknown: async (hash, claimId) => {
      const condition = whileRunning(claimId);
      const noted = await table.update(keys.idempotency(hash), {
        UpdateExpression: 'SET #state = :unknown',
        ...condition,
        ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':unknown': 'unknown' },
      });
      return noted !== undefined || isOwn(hash, claimId, 'unknown');
    },
    release: async (hash, claimId) => table.delete(keys.idempotency(hash), whileRunning(claimId)),
  };
}

function toItem(claim: IdempotencyRecord): Item {
  return { ...claim, [TABLE.ttlAttribute]: claim.expiresAtEpochSeconds };
}

/** An item that does not fit is a bug or tampering: it must not let a call go out a second time. */
function parse(item: Item | undefined): IdempotencyRecord | undefined {
  return item === undefined ? undefined : record.parse(item);
}
