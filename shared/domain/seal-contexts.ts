import type { SealContext } from './envelope.ts';

/** The contexts under which the vault seals: one per kind of secret, so that none opens as another. */
export const sealContexts = {
  /** A connection's token pair. The version counts pairs. */
  tokens: (tenantId: string, connectionId: string, tokensVersion: number): SealContext => ({
    tenantId,
    owner: connectionId,
    field: 'tokens',
    version: tokensVersion,
  }),
  /** A rotated pair that the table did not take; the version is the one that the pair would have had. */
  spill: (tenantId: string, connectionId: string, tokensVersion: number): SealContext => ({
    tenantId,
    owner: connectionId,
    field: 'spill',
    version: tokensVersion,
  }),
  /** The token of a webhook that was made at consent or through the layer. */
  webhook: (tenantId: string, connectionId: string, webhookId: string): SealContext => ({
    tenantId,
    owner: connectionId,
    field: `webhook:${webhookId}`,
    version: 1,
  }),
  /** The answer to a call with an `Idempotency-Key`; the owner is the record's hash. */
  idempotentAnswer: (tenantId: string, recordHash: string): SealContext => ({
    tenantId,
    owner: recordHash,
    field: 'idempotent_answer',
    version: 1,
  }),
  /** The authorization code and verifier between callback and confirmation. */
  returnedCode: (tenantId: string, sessionId: string): SealContext => ({
    tenantId,
    owner: sessionId,
    field: 'code',
    version: 1,
  }),
  /** The token answer between exchange and stored connection. */
  tokenAnswer: (tenantId: string, sessionId: string): SealContext => ({
    tenantId,
    owner: sessionId,
    field: 'answer',
    version: 1,
  }),
} as const;
