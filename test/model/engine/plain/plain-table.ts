import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toPrimaryKey, type ItemKey } from '../../../../shared/edges/keys.ts';
import type { QueryPage, SortKeyRange } from '../../../../shared/edges/query-input.ts';
import { TableClient } from '../../../../shared/edges/table-client.ts';
import { OutageError } from '../../../../shared/problems/failure.ts';
import { TABLE } from '../../../../shared/table.ts';
import { change, matches, type Item } from './expressions.ts';
import { AT_AWS, PlannedOutage } from './planned-outage.ts';
import type { Turnstile } from '../turnstile.ts';

type Condition = NonNullable<Parameters<TableClient['put']>[2]>;
type UpdateParts = Parameters<TableClient['update']>[1];

/** The items of a {@link PlainTable}, by primary key. */
export class PlainItems {
  #items = new Map<string, Item>();

  get(key: ItemKey): Item | undefined {
    return this.#items.get(toName(key));
  }

  set(key: ItemKey, item: Item): void {
    this.#items.set(toName(key), item);
  }

  delete(key: ItemKey): void {
    this.#items.delete(toName(key));
  }

  list(): Item[] {
    return [...this.#items.values()];
  }

  /** @returns puts everything back as it is now */
  snapshot(): () => void {
    const kept = new Map(this.#items);
    return () => {
      this.#items = new Map(kept);
    };
  }
}

/**
 * The table client without a client: items in memory, expressions read by dynalite's own parsers. What it does with them is
 * compared with the real one in `test/model/plain-table.test.ts`. Each call passes the turnstile.
 */
export class PlainTable extends TableClient {
  readonly #items: PlainItems;
  readonly #turnstile: Turnstile;

  constructor(items: PlainItems, turnstile: Turnstile, unused: DynamoDBClient) {
    super(unused, 'unused', () => Promise.resolve());
    this.#items = items;
    this.#turnstile = turnstile;
  }

  override get(key: ItemKey): Promise<Item | undefined> {
    return this.#pass('GetItem', () => copy(this.#items.get(key)));
  }

  override getAll(wanted: readonly ItemKey[]): Promise<(Item | undefined)[]> {
    return this.#pass('BatchGetItem', () => wanted.map((key) => copy(this.#items.get(key))));
  }

  override put(key: ItemKey, item: Item, condition: Condition = {}): Promise<boolean> {
    return this.#pass('PutItem', () => {
      if (!this.#holds(key, condition)) return false;
      this.#items.set(key, { ...copyWithoutAbsent(item), ...toPrimaryKey(key) });
      return true;
    });
  }

  override update(key: ItemKey, parts: UpdateParts): Promise<Item | undefined> {
    return this.#pass('UpdateItem', () => {
      if (!this.#holds(key, parts)) return undefined;
      const before = this.#items.get(key) ?? toPrimaryKey(key);
      const changed = copyWithoutAbsent(change(parts.UpdateExpression ?? '', before, toSubstitutes(parts)));
      this.#items.set(key, changed);
      return copy(changed);
    });
  }

  override delete(key: ItemKey, condition: Condition = {}): Promise<boolean> {
    return this.#pass('DeleteItem', () => {
      if (!this.#holds(key, condition)) return false;
      this.#items.delete(key);
      return true;
    });
  }

  override query(range: SortKeyRange, page: QueryPage<string> = {}): Promise<{ items: Item[]; last?: string }> {
    return this.#pass('Query', () => {
      const { partitionKey, sortKey } = TABLE;
      const found = this.#find(range, { partitionKey, sortKey }, page);
      const last = found.isCut ? (found.items.at(-1)?.[sortKey] as string | undefined) : undefined;
      return { items: found.items.map(copyWithoutAbsent), ...(last === undefined ? {} : { last }) };
    });
  }

  override listKeys(
    list: SortKeyRange,
    page: QueryPage<Record<string, unknown>> = {},
  ): Promise<{ keys: ItemKey[]; last?: Record<string, unknown> }> {
    return this.#pass('Query', () => {
      const { partitionKey, sortKey } = TABLE.listIndex;
      const { after, ...rest } = page;
      const start = after === undefined ? {} : { after: String(after[sortKey]) };
      const found = this.#find(list, TABLE.listIndex, { ...rest, ...start });
      const keys = found.items.map((item) => ({
        pk: String(item[TABLE.partitionKey]),
        sk: String(item[TABLE.sortKey]),
      }));
      const [lastKey, lastItem] = [keys.at(-1), found.items.at(-1)];
      if (!found.isCut || lastKey === undefined || lastItem === undefined) return { keys };
      const position = { [partitionKey]: lastItem[partitionKey], [sortKey]: lastItem[sortKey] };
      return { keys, last: { ...toPrimaryKey(lastKey), ...position } };
    });
  }

  /** DynamoDB's limit says that there may be more, not that there is. */
  #find(
    { partition, prefix, from, to }: SortKeyRange,
    { partitionKey, sortKey }: { readonly partitionKey: string; readonly sortKey: string },
    { limit, after, isDescending = false }: QueryPage<string>,
  ): { readonly items: Item[]; readonly isCut: boolean } {
    const sortKeyOf = (item: Item): string => String(item[sortKey]);
    const isWanted = (key: string): boolean =>
      (prefix === undefined || key.startsWith(prefix)) &&
      (from === undefined || key >= from) &&
      (to === undefined || key <= to) &&
      (after === undefined || (isDescending ? key < after : key > after));
    const items = this.#items
      .list()
      .filter((item) => item[partitionKey] === partition && item[sortKey] !== undefined && isWanted(sortKeyOf(item)))
      .toSorted((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1) * (isDescending ? -1 : 1));
    return limit === undefined || items.length < limit
      ? { items, isCut: false }
      : { items: items.slice(0, limit), isCut: true };
  }

  #holds(key: ItemKey, condition: Condition): boolean {
    const text = condition.ConditionExpression;
    return text === undefined || matches(text, this.#items.get(key) ?? {}, toSubstitutes(condition));
  }

  async #pass<T>(operation: string, run: () => T): Promise<T> {
    try {
      return await this.#turnstile.pass('dynamodb', operation, run, AT_AWS);
    } catch (error) {
      if (error instanceof PlannedOutage) throw new OutageError({ reason: 'storage_unavailable' }, error.name);
      throw error;
    }
  }
}

function toName({ pk, sk }: ItemKey): string {
  return `${pk}\n${sk}`;
}

function toSubstitutes({ ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Condition) {
  return { names, values: values as Record<string, unknown> };
}

function copy(item: Item | undefined): Item | undefined {
  return item === undefined ? undefined : copyWithoutAbsent(item);
}

/** As marshalling and back would leave it: undefined members are gone, and nothing is shared. */
function copyWithoutAbsent(item: Item): Item {
  return copyValue(item) as Item;
}

function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyValue);
  if (value instanceof Set) return new Set(value);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  const copied: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) if (member !== undefined) copied[name] = copyValue(member);
  return copied;
}
