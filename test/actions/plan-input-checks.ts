import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import type { ActionCase, CaseCall, WorldIds } from './action-case.ts';
import { findParameterSides, listLimited, putValue } from './boundaries.ts';

export type InputPart = 'path' | 'query' | 'body';

export type InputCheck =
  | {
      readonly kind: 'limit';
      readonly of: ActionCase;
      readonly where: InputPart;
      /** Name of a parameter, or JSON Pointer. */
      readonly what: string;
      readonly label: string;
      readonly isInside: boolean;
      readonly changes: CaseCall;
    }
  | { readonly kind: 'unknown'; readonly of: ActionCase; readonly where: 'query' | 'body'; readonly changes: CaseCall };

/** Ids that stand for those of the world where only a schema looks at them. */
const SOME_IDS = new Proxy({} as WorldIds, { get: (_, name) => `17592884729911${String(1000 + String(name).length)}` });

/** Both sides of every limit, and members that nobody knows. */
export function planInputChecks(action: ActionDefinition, cases: readonly ActionCase[]): InputCheck[] {
  const [of] = cases;
  if (of === undefined) return [];
  const unknown = { kind: 'unknown', of } as const;
  return [
    ...planParameters(action.pathParameters, 'path', of),
    ...planParameters(action.query, 'query', of),
    ...planBody(action, cases),
    { ...unknown, where: 'query', changes: { query: { unknown_member: '1' } } },
    ...(action.body === undefined
      ? []
      : [{ ...unknown, where: 'body', changes: { body: { ...bodyOf(action, of), unknown_member: 1 } } } as const]),
  ];
}

function planParameters(
  schemas: ActionDefinition['pathParameters'] | ActionDefinition['query'],
  where: 'path' | 'query',
  of: ActionCase,
): InputCheck[] {
  return Object.entries(schemas).flatMap(([what, schema]) => {
    const { inside, outside } = findParameterSides(schema);
    const plan = (value: string, isInside: boolean): InputCheck => {
      const changes = { [where]: { [what]: value } };
      return { kind: 'limit', of, where, what, label: describe(value), isInside, changes };
    };
    return [...inside.map((value) => plan(value, true)), ...outside.map((value) => plan(value, false))];
  });
}

function planBody(action: ActionDefinition, cases: readonly ActionCase[]): InputCheck[] {
  const schema = action.body?.schema;
  if (schema === undefined) return [];
  return listLimited(schema).flatMap(({ path, sides }) => {
    const build = (of: ActionCase, value: unknown) => putValue(schema, bodyOf(action, of), path, value);
    // Members that exclude each other stand in different cases.
    const of = cases.find((candidate) =>
      sides.inside.every((value) => schema.safeParse(build(candidate, value)).success),
    );
    if (of === undefined) throw new Error(`${action.id}: in no known call can ${path.join('/')} stand`);
    const plan = (value: unknown, isInside: boolean): InputCheck => {
      const changes = { body: build(of, value) };
      const what = path.map((step) => `/${step}`).join('');
      return { kind: 'limit', of, where: 'body', what, label: describe(value), isInside, changes };
    };
    return [...sides.inside.map((value) => plan(value, true)), ...sides.outside.map((value) => plan(value, false))];
  });
}

/** The body of a case's call as the plan sees it, without a world. */
function bodyOf(action: ActionDefinition, { call = () => ({}) }: ActionCase): Record<string, unknown> {
  const { body } = call(SOME_IDS);
  return { ...((body === undefined ? action.example.body : body) as Record<string, unknown> | undefined) };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `with ${value.length} entries`;
  if (typeof value === 'string' && /^[😀é]*$/u.test(value)) return `of ${Array.from(value).length} characters`;
  return String(value);
}
