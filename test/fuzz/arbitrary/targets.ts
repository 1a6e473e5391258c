import fc from 'fast-check';
import type { ActionDefinition } from '../../../shared/catalogue/action.ts';
import { listIds, type Places } from '../places.ts';
import { encodeSegment, nastySegment } from './nasty.ts';

/** One value of a path parameter: mostly a real one. */
function parameterValue(name: string, example: string | undefined, places: Places): fc.Arbitrary<string> {
  const real = places.parameters[name] ?? [];
  const known = (real.length > 0 || example === undefined ? real : [example]).map(encodeSegment);
  return known.length === 0
    ? nastySegment(places.secrets)
    : fc.oneof(
        { weight: 24, arbitrary: fc.constantFrom(...known) },
        { weight: 1, arbitrary: nastySegment(places.secrets) },
      );
}

/** What is done to a path once it stands: nothing, mostly. */
const change = (places: Places) =>
  fc.oneof(
    { weight: 14, arbitrary: fc.constant(undefined) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('replace', 'insert', 'remove', 'double', 'upper', 'encode'),
        at: fc.nat({ max: 11 }),
        segment: nastySegment(places.secrets),
      }),
    },
  );

type Change = { readonly kind: string; readonly at: number; readonly segment: string } | undefined;

function applyChange(path: string, changed: Change): string {
  if (changed === undefined) return path;
  const segments = path.slice(1).split('/');
  const at = changed.at % (segments.length + 1);
  const old = segments[at] ?? '';
  const parts: Readonly<Record<string, readonly string[]>> = {
    replace: [changed.segment],
    insert: [changed.segment, old],
    remove: [],
    double: [old, old],
    upper: [old.toUpperCase()],
    // A letter that needs no escape, escaped all the same; what the escape begins with, escaped once more.
    encode: [old.replace(/[a-z%]/, (char) => `%${char.charCodeAt(0).toString(16)}`)],
  };
  segments.splice(at, 1, ...(parts[changed.kind] ?? [old]));
  return `/${segments.join('/')}`;
}

/** Fills in a template and mutates what comes of it. */
export function pathOf(
  template: string,
  examples: Readonly<Record<string, string>>,
  places: Places,
): fc.Arbitrary<string> {
  const names = [...template.matchAll(/\{([a-z_]+)\}/g)].map(([, name = '']) => name);
  const values = fc.tuple(...names.map((name) => parameterValue(name, examples[name], places)));
  return fc.tuple(values, change(places)).map(([filled, changed]) => {
    let index = 0;
    const path = template.replace(/\{[a-z_]+\}/g, () => filled[index++] ?? '');
    return applyChange(path, changed);
  });
}

const NASTY_PAIRS = [
  'limit=99999999999999999999',
  'limit=-1',
  'limit=1e2',
  'limit=',
  'limit=0x10',
  'limit=%31',
  'limit[]=1',
  'before=1&after=2',
  'around=%00',
  'wait=true',
  'with_counts=TRUE',
  '__proto__=1',
  'constructor[prototype][x]=1',
  '=',
  '&&&',
  '%',
  '%zz=%zz',
  '%ff=%c0%af',
  '+=+',
  '?a?b',
  'token=abc',
  `q=${'x'.repeat(2_000)}`,
  'thread_id=1',
];

/** A query: that of the example, its parts doubled, emptied, and others that nobody knows. */
export function queryOf(
  names: readonly string[],
  example: Readonly<Record<string, string>>,
  places: Places,
): fc.Arbitrary<string> {
  const values = fc.oneof(
    fc.constantFrom(
      ...listIds(places).map(encodeURIComponent),
      '0',
      '1',
      '50',
      '100',
      '101',
      'true',
      'false',
      '',
      '9'.repeat(30),
      'null',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }).map(encodeURIComponentSafely),
  );
  const known =
    names.length === 0 ? fc.constant('x=1') : fc.tuple(fc.constantFrom(...names), values).map((p) => p.join('='));
  const added = fc.array(fc.oneof(known, fc.constantFrom(...NASTY_PAIRS)), { minLength: 1, maxLength: 3 });
  const asIs = new URLSearchParams(example).toString();
  return fc.oneof(
    { weight: 14, arbitrary: fc.constant(asIs) },
    { weight: 1, arbitrary: fc.constant(asIs === '' ? '' : `${asIs}&${asIs}`) },
    { weight: 2, arbitrary: added.map((pairs) => pairs.join('&')) },
    { weight: 1, arbitrary: added.map((pairs) => [asIs, ...pairs].filter((pair) => pair !== '').join('&')) },
  );
}

function encodeURIComponentSafely(text: string): string {
  return encodeSegment(text).replaceAll('&', '%26');
}

/** Path and query of a call of an action, below a connection. */
export function targetOf(action: ActionDefinition, places: Places): fc.Arbitrary<string> {
  const template = `/connections/{connection_id}/api/v10${action.path}`;
  const withConnections = {
    ...places,
    parameters: { ...places.parameters, connection_id: places.connections },
  };
  return fc
    .tuple(
      pathOf(template, action.example.pathParameters, withConnections),
      queryOf(Object.keys(action.query), action.example.query ?? {}, places),
    )
    .map(joinTarget);
}

export function joinTarget([path, query]: [string, string]): string {
  return query === '' ? path : `${path}?${query}`;
}
