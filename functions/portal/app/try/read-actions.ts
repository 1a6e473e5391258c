/** As much of a JSON Schema as the form looks at. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly example?: unknown;
}

/** One action of the catalogue, as the gateway's own OpenAPI document describes it. */
export interface ActionSpec {
  readonly id: string;
  readonly group: string;
  readonly summary: string;
  readonly description: string;
  readonly docs: string;
  readonly effect: 'read' | 'write' | 'destructive';
  readonly method: string;
  /** Template, with `{connection_id}` and the others. */
  readonly path: string;
  /** Without `connection_id` and headers. */
  readonly parameters: readonly Parameter[];
  readonly takesIdempotencyKey: boolean;
  readonly body?: { readonly schema: Schema; readonly isRequired: boolean; readonly example?: unknown };
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly externalDocs?: { readonly url: string };
  readonly 'x-action'?: { readonly id: string; readonly effect: ActionSpec['effect'] };
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown } | undefined>>;
  };
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The document's actions, sorted by group and id. */
export function readActions({ paths, components }: OpenApiDocument): ActionSpec[] {
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  const specs = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const action = operation['x-action'];
      if (action === undefined) return [];
      const { parameters = [], requestBody } = operation;
      const json = requestBody?.content['application/json'];
      const spec: ActionSpec = {
        id: action.id,
        effect: action.effect,
        group: operation.tags?.[0] ?? '',
        summary: operation.summary ?? action.id,
        description: operation.description ?? '',
        docs: operation.externalDocs?.url ?? '',
        method: method.toUpperCase(),
        path,
        parameters: parameters.filter((parameter) => parameter.in !== 'header' && parameter.name !== 'connection_id'),
        takesIdempotencyKey: parameters.some((parameter) => parameter.name === 'Idempotency-Key'),
        ...(json === undefined
          ? {}
          : {
              body: { schema: resolve(json.schema), isRequired: requestBody?.required === true, example: json.example },
            }),
      };
      return [spec];
    }),
  );
  return specs.sort((a, b) => `${a.group} ${a.id}`.localeCompare(`${b.group} ${b.id}`));
}

/** How a value is entered: one line, a switch, a choice, or as JSON. */
export type Control =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'json' }
  | { readonly kind: 'choice'; readonly options: readonly string[] };

/** What else a value may be that may also be null; to send null one writes the JSON oneself. */
function withoutNull(schema: Schema): Schema {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return others.length === 1 ? { ...schema, ...others[0] } : schema;
}

/** Chooses a control for a schema; what is more than a simple value is entered as JSON. */
export function chooseControl(nullable: Schema): Control {
  const schema = withoutNull(nullable);
  if (schema.enum !== undefined) return { kind: 'choice', options: schema.enum.map(String) };
  const { type } = schema;
  if (type === 'string') return { kind: 'text' };
  if (type === 'integer' || type === 'number') return { kind: 'number' };
  return { kind: type === 'boolean' ? 'boolean' : 'json' };
}

/** What may be entered, in words. */
export function describeSchema(nullable: Schema): string {
  const schema = withoutNull(nullable);
  const { minimum, maximum, maxLength, pattern, description } = schema;
  const isId = pattern?.startsWith('^[1-9][0-9]') === true;
  return [
    description,
    isId ? 'A Discord id: 15 to 20 digits.' : undefined,
    minimum !== undefined && maximum !== undefined ? `From ${minimum} to ${maximum}.` : undefined,
    maxLength === undefined ? undefined : `At most ${maxLength} characters.`,
    chooseControl(schema).kind === 'json' ? 'As JSON.' : undefined,
  ]
    .filter((text) => text !== undefined)
    .join(' ');
}
