import fc from 'fast-check';
import { listIds, type Places } from '../places.ts';
import { nastyJson, nastyKey, toJsonText } from './nasty.ts';

/** A body with the media type that it is sent under; none at all where there is none. */
export interface FuzzedBody {
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

const BOUNDARY = 'fuzzfuzzfuzzfuzzfuzz';
const NO_BODY: FuzzedBody = { contentType: undefined, bytes: new Uint8Array() };

const JSON_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'application/problem+json',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  `multipart/form-data; boundary=${BOUNDARY}`,
  'multipart/form-data; boundary=""',
  'application/json, application/json',
  '',
  ';',
];

/** Changes one member somewhere in a value. */
interface Mutation {
  readonly kind: 'set' | 'add' | 'remove';
  /** Which of the value's nodes, counted from its root, modulo how many there are. */
  readonly node: number;
  readonly key: string;
  readonly value: unknown;
}

function mutate(value: unknown, { kind, node, key, value: nasty }: Mutation): unknown {
  const count = countNodes(value);
  let left = node % count;
  const visit = (at: unknown): unknown => {
    if (left === 0) {
      left = -1;
      if (kind === 'add' && isObject(at)) return { ...at, [key]: nasty };
      return kind === 'remove' ? undefined : nasty;
    }
    left -= 1;
    if (Array.isArray(at)) return at.map(visit).filter((item) => item !== undefined);
    if (!isObject(at)) return at;
    const members = Object.entries(at).map(([name, member]) => [name, visit(member)] as const);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  };
  return visit(value) ?? {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function countNodes(value: unknown): number {
  const inside = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return inside.reduce((sum: number, member) => sum + countNodes(member), 1);
}

/** JSON text: an example with up to three mutations. */
function jsonText(example: unknown, places: Places): fc.Arbitrary<string> {
  const mutation = fc.record<Mutation>({
    kind: fc.constantFrom('set', 'set', 'add', 'remove'),
    node: fc.nat({ max: 40 }),
    key: nastyKey,
    value: nastyJson(listIds(places)),
  });
  return fc
    .oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 5, arbitrary: fc.array(mutation, { maxLength: 3 }) })
    .map((mutations) => toJsonText(mutations.reduce<unknown>(mutate, example)));
}

/** What is done to the bytes of a body: nothing, mostly. */
const damage = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.record({
      at: fc.nat({ max: 400 }),
      cut: fc.constantFrom(0, 0, 1, 5, 100_000),
      put: fc.oneof(
        fc.constantFrom([], [0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0], [0x22], [0x7d], [0x2c]),
        fc.array(fc.nat({ max: 255 }), { maxLength: 6 }),
      ),
    }),
  },
);

type Damage = { readonly at: number; readonly cut: number; readonly put: readonly number[] } | undefined;

function applyDamage(bytes: Uint8Array, done: Damage): Uint8Array {
  if (done === undefined) return bytes;
  const at = done.at % (bytes.byteLength + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(done.put), bytes.subarray(at + done.cut)]);
}

const part = fc.record({
  name: fc.constantFrom('files[0]', 'files[1]', 'files[0]', 'files[9]', 'files[10]', 'file', 'payload_json', '', 'a"b'),
  filename: fc.constantFrom(
    '; filename="a.png"',
    '; filename="../../x"',
    '; filename=""',
    '',
    "; filename*=UTF-8''%zz",
  ),
  type: fc.constantFrom('Content-Type: image/png\r\n', '', 'Content-Type: \r\n', 'X: y\r\n folded\r\n'),
  content: fc.oneof(
    fc.constantFrom('', 'abc', `--${BOUNDARY}--`, '\r\n--'),
    fc.string({ unit: 'binary', maxLength: 30 }),
  ),
});

const ENDINGS = ['--\r\n', '--', '', '\r\n', '--\r\nafterwards'];

/** A form with `payload_json` and files; whole, with a wrong boundary, with parts that nobody knows. */
function form(example: unknown, places: Places): fc.Arbitrary<FuzzedBody> {
  return fc
    .record({
      payload: fc.option(jsonText(example, places), { freq: 6, nil: undefined }),
      parts: fc.array(part, { maxLength: 3 }),
      ending: fc.oneof({ weight: 5, arbitrary: fc.constant('--\r\n') }, fc.constantFrom(...ENDINGS)),
      announced: fc.oneof(
        { weight: 8, arbitrary: fc.constant(BOUNDARY) },
        fc.constantFrom(
          `"${BOUNDARY}"`,
          'other',
          '',
          `${BOUNDARY}; boundary=other`,
          'x'.repeat(100),
          BOUNDARY.toUpperCase(),
        ),
      ),
      done: damage,
    })
    .map(({ payload, parts, ending, announced, done }) => {
      const open = `--${BOUNDARY}\r\nContent-Disposition: form-data; name=`;
      const json =
        payload === undefined ? '' : `${open}"payload_json"\r\nContent-Type: application/json\r\n\r\n${payload}\r\n`;
      const files = parts.map(
        ({ name, filename, type, content }) => `${open}"${name}"${filename}\r\n${type}\r\n${content}\r\n`,
      );
      const text = `${json}${files.join('')}--${BOUNDARY}${ending}`;
      return {
        contentType: `multipart/form-data; boundary=${announced}`,
        bytes: applyDamage(Buffer.from(text, 'utf8'), done),
      };
    });
}

/** Just below and above what the layer takes, and above what a function can be handed. */
const oversized = fc
  .tuple(fc.constantFrom(4_399_000, 4_400_001, 6_500_000), fc.constantFrom(...JSON_TYPES))
  .map(([size, contentType]): FuzzedBody => {
    const text = '{"content":"';
    return { contentType, bytes: Buffer.from(`${text}${'x'.repeat(size - text.length - 2)}"}`) };
  });

/**
 * A body for something that takes one like `example`.
 * @param example - absent: it takes none
 */
export function bodyOf(example: unknown, takesFiles: boolean, places: Places): fc.Arbitrary<FuzzedBody> {
  const json = fc
    .tuple(
      jsonText(example ?? {}, places),
      damage,
      fc.oneof({ weight: 8, arbitrary: fc.constant('application/json') }, fc.constantFrom(...JSON_TYPES)),
    )
    .map(([text, done, contentType]) => ({ contentType, bytes: applyDamage(Buffer.from(text, 'utf8'), done) }));
  const noise = fc
    .tuple(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...JSON_TYPES))
    .map(([bytes, contentType]) => ({ contentType, bytes }));
  const isTaken = example !== undefined;
  return fc.oneof(
    { weight: isTaken ? 300 : 30, arbitrary: json },
    { weight: takesFiles ? 120 : 8, arbitrary: form(example ?? {}, places) },
    { weight: 20, arbitrary: noise },
    { weight: isTaken ? 12 : 300, arbitrary: fc.constant(NO_BODY) },
    { weight: 4, arbitrary: oversized },
  );
}
