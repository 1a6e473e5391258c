import * as z from 'zod';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toOpenApi } from '../../shared/openapi/to-openapi.ts';
import { VERSION } from '../../shared/version.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The document as far as tests walk through it. */
export interface OpenApiDocument extends Json {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** Stands for the gateway's address in what is written down; every deployment serves its own. */
const PUBLIC_BASE_URL = 'https://discord-integration.example.org';

/** What `GET /openapi.json` answers, read back from its text. */
export function buildDocument(): OpenApiDocument {
  const document = toOpenApi(catalogue, { publicBaseUrl: PUBLIC_BASE_URL, version: VERSION });
  return JSON.parse(JSON.stringify(document)) as OpenApiDocument;
}

/** The value at the end of a way through members; undefined where it ends before. */
export function readAt(value: unknown, way: readonly string[]): unknown {
  return way.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? (at as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}

/** The schema with everything that it refers to in its place; no schema of the document holds itself. */
export function inlineSchema(document: OpenApiDocument, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((item) => inlineSchema(document, item));
  if (typeof schema !== 'object' || schema === null) return schema;
  if ('$ref' in schema && typeof schema.$ref === 'string') {
    return inlineSchema(document, readAt(document, schema.$ref.slice('#/'.length).split('/')));
  }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inlineSchema(document, value)]));
}

/** Judges with the schema that the document has. @returns true, or what is wrong */
export function acceptsValue(document: OpenApiDocument, schema: unknown, value: unknown): true | string {
  const whole = inlineSchema(document, schema) as Parameters<typeof z.fromJSONSchema>[0];
  const result = z.fromJSONSchema(whole).safeParse(value);
  return result.success ? true : z.prettifyError(result.error);
}
