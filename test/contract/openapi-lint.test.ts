import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { buildDocument, type OpenApiDocument } from './openapi-document.ts';

/** Warnings that stay, by their rule, with the reason and where they are. */
const KNOWN_WARNINGS: Readonly<Record<string, { readonly reason: string; readonly places: readonly RegExp[] }>> = {
  'no-ambiguous-paths': {
    reason:
      "Discord's own paths: `pins` stands where another path has the id of a message, and no id is that word. The gateway takes " +
      'the path without a parameter first.',
    places: [/~1messages~1pins~1\{message_id\}$/, /~1messages~1\{message_id\}~1threads$/],
  },
};

const lint = async (document: object) =>
  (
    await lintFromString({
      source: JSON.stringify(document),
      config: await createConfig({ extends: ['recommended'] }),
    })
  ).map(({ ruleId, severity, message, location }) => ({
    ruleId,
    severity,
    message,
    place: location[0]?.pointer ?? '',
  }));

const validate = (document: object) => new Validator().validate(structuredClone(document) as Record<string, unknown>);

/** A copy with one thing put in place of another. */
function change(document: OpenApiDocument, from: string, to: string): object {
  const text = JSON.stringify(document);
  expect(text).toContain(from);
  return JSON.parse(text.replace(from, to)) as object;
}

describe('the OpenAPI document', () => {
  it('is what the schema of OpenAPI 3.1 demands', async () => {
    const document = buildDocument();

    expect(document.openapi).toMatch(/^3\.1\.[0-9]+$/);
    expect(await validate(document)).toEqual({ valid: true });
  });

  it('has no fault that a linter finds, and no warning without a reason', async () => {
    const found = await lint(buildDocument());
    const unknown = found.filter(
      ({ severity, ruleId, place }) =>
        severity === 'error' || KNOWN_WARNINGS[ruleId]?.places.some((pattern) => pattern.test(place)) !== true,
    );

    expect(unknown).toEqual([]);
  });

  it('has every warning that is listed', async () => {
    const found = await lint(buildDocument());
    const unused = Object.entries(KNOWN_WARNINGS).flatMap(([rule, { places }]) =>
      places.filter((pattern) => !found.some(({ ruleId, place }) => ruleId === rule && pattern.test(place))),
    );

    expect(unused).toEqual([]);
  });

  it('would be found out with a fault in it', async () => {
    const document = buildDocument();
    const misspelt = change(document, '"in":"path"', '"in":"nowhere"');
    const dangling = change(document, '#/components/responses/Problem', '#/components/responses/Gone');
    const badExample = change(document, '"example":{"content":"Good morning"}', '"example":{"content":7}');

    expect((await validate(misspelt)).valid).toBe(false);
    for (const faulty of [misspelt, dangling, badExample]) {
      expect((await lint(faulty)).filter(({ ruleId }) => KNOWN_WARNINGS[ruleId] === undefined)).not.toEqual([]);
    }
  });
});
