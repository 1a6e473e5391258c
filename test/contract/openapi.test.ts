import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { ACTIONS_PREFIX } from '../../shared/catalogue/to-routes.ts';
import { PROBLEM_TEXTS } from '../../shared/problems/problem-texts.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { acceptsValue, buildDocument, readAt, type Json } from './openapi-document.ts';

const document = buildDocument();

const operationOf = (method: string, path: string): Json =>
  readAt(document, ['paths', path, method.toLowerCase()]) as Json;

/** Judges with the schema that the document has, not with the one of the catalogue from which it is made. */
const accepts = (schema: unknown, value: unknown): true | string => acceptsValue(document, schema, value);

describe('the OpenAPI document', () => {
  it('says of every action how it is called, and has nothing below a connection but actions', () => {
    const documented = Object.entries(document.paths)
      .filter(([path]) => path.startsWith(ACTIONS_PREFIX))
      .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));

    expect(documented.toSorted()).toEqual(
      catalogue.map(({ method, path }) => `${method} ${ACTIONS_PREFIX}${path}`).toSorted(),
    );
  });

  it('gives no operation id twice', () => {
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][a-z_]*$/.test(String(id)))).toEqual([]);
  });

  it('names every operation of the layer itself that programs call', () => {
    // Browsers open these; their answers are pages and redirects. The document does not describe itself.
    const forBrowsers = [...Object.values(ROUTES.authorize), ROUTES.callback.callback, ...Object.values(ROUTES.portal)];
    const isMine = (route: string): boolean => route.includes(' /my/');
    const own = [ROUTES.callback.confirm, ...Object.values(ROUTES.connections)].filter((route) => !isMine(route));
    const documented = Object.entries(document.paths)
      .filter(([path]) => !path.startsWith(ACTIONS_PREFIX))
      .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));

    expect(documented.toSorted()).toEqual(own.toSorted());
    expect(documented.filter((route) => (forBrowsers as string[]).includes(route))).toEqual([]);
  });

  it('knows every problem code', () => {
    const { properties } = document.components.schemas['Problem'] as Json & { properties: Json };

    expect(readAt(properties, ['code', 'enum'])).toEqual(Object.keys(PROBLEM_TEXTS));
  });

  describe.each(catalogue.map((action) => [action.id, action] as const))('%s', (id, action) => {
    const operation = operationOf(action.method, `${ACTIONS_PREFIX}${action.path}`);
    const parameters = (operation['parameters'] ?? []) as readonly Json[];

    it('has an operation id, a summary, and the answers to refusals', () => {
      expect(operation['operationId']).toBe(id.replaceAll('.', '_'));
      expect(operation['summary']).toBe(action.summary);
      for (const range of ['4XX', '5XX']) {
        expect(readAt(operation, ['responses', range])).toEqual({ $ref: '#/components/responses/Problem' });
      }
      for (const status of action.successStatuses) expect(operation['responses']).toHaveProperty(String(status));
    });

    it('has every parameter, with an example that its schema accepts where one is required', () => {
      const names = parameters.filter(({ in: place }) => place !== 'header').map(({ name }) => name);
      expect(names).toEqual(['connection_id', ...Object.keys(action.pathParameters), ...Object.keys(action.query)]);
      for (const { name, schema, example, required } of parameters) {
        if (required === true && name !== 'connection_id') expect([name, example]).not.toContain(undefined);
        if (example !== undefined) expect([name, accepts(schema, example)]).toEqual([name, true]);
      }
    });

    it('has a body exactly where the action takes one, with an example that its schema accepts', () => {
      const body = operation['requestBody'] as Json | undefined;
      expect(body === undefined).toBe(action.body === undefined);
      if (body === undefined) return;
      const { schema, example } = readAt(body, ['content', 'application/json']) as Json;

      expect(body['required']).toBe(action.body?.isRequired);
      if (example !== undefined) expect(accepts(schema, example)).toBe(true);
      // An example without a body is a whole call where none is required.
      expect(example !== undefined || action.body?.isRequired === false).toBe(true);
      // A schema that accepts everything would say the same.
      expect(accepts(schema, 'no object')).not.toBe(true);
      expect(Object.keys(body['content'] as Json).includes('multipart/form-data')).toBe(action.body?.takesFiles);
    });

    it('has an example of each answer, which its schema accepts', () => {
      for (const status of action.successStatuses.filter((one) => one !== 204)) {
        const { schema, example } = (readAt(operation, ['responses', String(status), 'content', 'application/json']) ??
          {}) as Json;
        if (action.answer === undefined) continue;
        expect(example).toBeDefined();
        expect(accepts(schema, example)).toBe(true);
      }
    });
  });
});
