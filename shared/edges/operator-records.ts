import * as z from 'zod/mini';
import type { OperatorRecord } from '../domain/operator-key.ts';
import type { OperatorSession } from '../domain/operator-session.ts';
import type { SignInTries } from '../domain/sign-in-tries.ts';
import { reader } from './records.ts';
import type { Item } from './table-client.ts';

/** The attributes of what is stored about the operator himself, checked as those in `records.ts`. */
const operator = z.object({
  keyHash: z.string(),
  setupCodeHash: z.string(),
  generation: z.string(),
  keptSessionHash: z.exactOptional(z.string()),
  keyCreatedAtEpochSeconds: z.number(),
});

const operatorSession = z.object({
  generation: z.string(),
  createdAtEpochSeconds: z.number(),
  expiresAtEpochSeconds: z.number(),
});

const signInTries = z.object({
  failures: z.number(),
  windowEndsAtEpochSeconds: z.number(),
  isRecorded: z.exactOptional(z.boolean()),
});

export const parseOperatorRecord: (item: Item | undefined) => OperatorRecord | undefined = reader(operator);
export const parseOperatorSession: (item: Item | undefined) => OperatorSession | undefined = reader(operatorSession);
export const parseSignInTries: (item: Item | undefined) => SignInTries | undefined = reader(signInTries);
