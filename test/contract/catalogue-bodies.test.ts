import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { LIMITS } from '../../shared/catalogue/limits.ts';
import { findDifferences } from './compare-schemas.ts';
import { readDiscordOpenApi } from './discord-openapi.ts';
import { jsonSchema } from './json-schema.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';

const { operations, resolve } = readDiscordOpenApi();

const find = (operationId: string) => operations.find((candidate) => candidate.operationId === operationId);

function compareBody({ body }: ActionDefinition, operationId: string): string[] {
  if (body === undefined) return [];
  const ours = jsonSchema.parse(z.toJSONSchema(body.schema, { metadata: LIMITS, io: 'input' }));
  const theirs = find(operationId)?.body;
  return theirs === undefined ? ['Discord takes no body'] : findDifferences(ours, theirs, resolve);
}

/** Each with Discord's operations that it stands for. */
const withBody = catalogue.flatMap((action) =>
  [...new Set([action.operationId, ...(action.byToken === undefined ? [] : [action.byToken.operationId])])].map(
    (operationId) => [operationId, action] as const,
  ),
);

describe.each(withBody)('the body of %s', (operationId, action) => {
  it('is taken where Discord takes one', () => {
    expect(action.body !== undefined).toBe(find(operationId)?.body !== undefined);
  });

  it("accepts nothing that Discord's document refuses, and refuses no member of it without a reason", () => {
    expect(compareBody(action, operationId).toSorted()).toEqual(
      Object.keys(KNOWN_DIFFERENCES[operationId] ?? {}).toSorted(),
    );
  });
});

describe('the known differences', () => {
  it('name operations that are offered', () => {
    const offered = withBody.map(([operationId]) => operationId);

    expect(Object.keys(KNOWN_DIFFERENCES).filter((operationId) => !offered.includes(operationId))).toEqual([]);
  });
});
