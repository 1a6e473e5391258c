import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';

/** An item or a value in it, as the document client gives and takes them. */
export type Value = unknown;
export type Item = Readonly<Record<string, Value>>;

/** Attribute names, the first at the top of the item. */
type Path = readonly (string | number)[];

/** What stands in a parsed expression for a value: the name under which it comes. */
interface Placeholder {
  readonly S?: string;
  readonly N?: string;
  readonly SS?: readonly string[];
  readonly M?: object;
}

interface Call {
  readonly type: string;
  readonly name?: string;
  readonly args: readonly Operand[];
}

type Operand = Path | Placeholder | Call;

interface Section {
  readonly type: 'set' | 'add' | 'delete' | 'remove';
  readonly path: Path;
  readonly val?: Operand;
}

interface Context {
  readonly attrNames: Readonly<Record<string, string>>;
  readonly attrVals: Readonly<Record<string, Placeholder>>;
  readonly unusedAttrNames: object;
  readonly unusedAttrVals: object;
  readonly isReserved: (name: string) => boolean;
}

interface Parser<T> {
  readonly parse: (text: string, options: { readonly context: Context }) => T | string;
}

const require = createRequire(import.meta.url);
const conditions = require('dynalite/db/conditionParser') as Parser<{ readonly expression: Call }>;
const updates = require('dynalite/db/updateParser') as Parser<{ readonly sections: readonly Section[] }>;

export interface Substitutes {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
}

/** Parsed once for each text and each set of names and types: parsing costs more than everything else. */
const parsed = new Map<string, { readonly tree: unknown; readonly names: Map<object, string> }>();

function parse<T>(parser: Parser<T>, text: string, { names, values }: Substitutes) {
  const types = Object.entries(values).map(([name, value]) => [name, toPlaceholder(value)] as const);
  const key = [
    text,
    ...Object.values(names),
    ...types.map(([name, type]) => `${name}${Object.keys(type).join()}`),
  ].join('\n');
  const known = parsed.get(key);
  if (known !== undefined) return { tree: known.tree as T, names: known.names };
  const attrVals = Object.fromEntries(types);
  const tree = parser.parse(text, {
    context: { attrNames: names, attrVals, unusedAttrNames: {}, unusedAttrVals: {}, isReserved: () => false },
  });
  if (typeof tree === 'string') throw new Error(`${text}: ${tree}`);
  const found = { tree, names: new Map(Object.entries(attrVals).map(([name, placeholder]) => [placeholder, name])) };
  parsed.set(key, found);
  return found;
}

/** A value of the type only: what it is is looked up when the expression is evaluated. */
function toPlaceholder(value: Value): Placeholder {
  if (typeof value === 'number') return { N: '0' };
  if (value instanceof Set) return { SS: ['x'] };
  return typeof value === 'object' && value !== null ? { M: {} } : { S: 'x' };
}

/** Whether a condition holds for an item; an absent item has no attributes. */
export function matches(text: string, item: Item, substitutes: Substitutes): boolean {
  const { tree, names } = parse(conditions, text, substitutes);
  return evaluate(tree.expression, item, (operand) => resolve(operand, item, names, substitutes.values));
}

function evaluate(call: Call, item: Item, resolveOperand: (operand: Operand) => Value): boolean {
  const [first, second] = call.args;
  switch (call.name ?? call.type) {
    case 'and':
      return call.args.every((arg) => evaluate(arg as Call, item, resolveOperand));
    case 'or':
      return call.args.some((arg) => evaluate(arg as Call, item, resolveOperand));
    case 'attribute_exists':
      return resolveOperand(first as Path) !== undefined;
    case 'attribute_not_exists':
      return resolveOperand(first as Path) === undefined;
    default:
      return compare(call.type, resolveOperand(first as Operand), resolveOperand(second as Operand));
  }
}

/** An absent value equals nothing and differs from everything; values of different types have no order. */
function compare(operator: string, left: Value, right: Value): boolean {
  if (operator === '=') return left !== undefined && isDeepStrictEqual(left, right);
  if (operator === '<>') return left === undefined || !isDeepStrictEqual(left, right);
  const isNumber = typeof left === 'number' && typeof right === 'number';
  const isText = typeof left === 'string' && typeof right === 'string';
  if (!isNumber && !isText) return false;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      throw new Error(`the plain table knows no ${operator}`);
  }
}

function resolve(operand: Operand, item: Item, names: Map<object, string>, values: Substitutes['values']): Value {
  if (isPath(operand)) return readPath(item, operand);
  const name = names.get(operand);
  if (name !== undefined) return values[name];
  const { name: called, args } = operand as Call;
  if (called !== 'if_not_exists') throw new Error(`the plain table knows no ${called ?? 'such operand'}`);
  const [path, fallback] = args as [Path, Operand];
  return readPath(item, path) ?? resolve(fallback, item, names, values);
}

function isPath(operand: Operand): operand is Path {
  return Array.isArray(operand);
}

function readPath(item: Item, path: Path): Value {
  let value: Value = item;
  for (const name of path) value = (value as Record<string | number, Value> | undefined)?.[name];
  return value;
}

/** @returns the item as the update makes it; the given one stays as it is */
export function change(text: string, item: Item, substitutes: Substitutes): Item {
  const { tree, names } = parse(updates, text, substitutes);
  const changed: Record<string, Value> = { ...item };
  for (const { type, path, val } of tree.sections) {
    const [name, ...deeper] = path as readonly string[];
    if (name === undefined || deeper.length > 0)
      throw new Error(`the plain table changes whole attributes only: ${text}`);
    // All operands are those of the item before the update.
    const value = val === undefined ? undefined : resolve(val, item, names, substitutes.values);
    if (type === 'remove') Reflect.deleteProperty(changed, name);
    else if (type === 'set') changed[name] = value;
    else if (type === 'add') changed[name] = add(changed[name], value);
    else subtract(changed, name, value as Set<string>);
  }
  return changed;
}

function add(before: Value, value: Value): Value {
  if (typeof value === 'number') return (typeof before === 'number' ? before : 0) + value;
  return new Set([...((before as Set<string> | undefined) ?? []), ...(value as Set<string>)]);
}

/** A set that has lost its last member is no longer there. */
function subtract(item: Record<string, Value>, name: string, members: Set<string>): void {
  const left = [...((item[name] as Set<string> | undefined) ?? [])].filter((member) => !members.has(member));
  if (left.length === 0) Reflect.deleteProperty(item, name);
  else item[name] = new Set(left);
}
