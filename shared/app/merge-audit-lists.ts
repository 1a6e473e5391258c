import { toAuditTime, type AuditRecord } from '../domain/audit-record.ts';
import type { AuditPage, AuditRecords } from './ports.ts';

/** Reads one list of records, page by page. */
export type AuditList = (page: AuditPage) => Promise<AuditRecords | undefined>;

/** What is taken from the merged lists. */
export interface MergeOptions {
  readonly isNewestFirst: boolean;
  /** Inclusive. */
  readonly fromEpochMs?: number;
  /** Exclusive. */
  readonly toEpochMs?: number;
  /** Position of the last record that was looked at before; it begins behind it. */
  readonly after?: string;
  readonly limit: number;
  readonly isWanted: (record: AuditRecord) => boolean;
  /** Reads beyond the first of each list. A rare kind of record is found over several calls then, none of which takes long. */
  readonly maxReads: number;
}

export interface MergedRecords {
  readonly records: readonly AuditRecord[];
  /** Where to go on; absent: there is nothing more. It can be there although `records` is short or empty. */
  readonly nextAfter?: string;
}

/** Records that the reader takes in one page at most. */
const PAGE_LIMIT = 100;

/** Milliseconds of a position: the text of its time has a fixed length. */
const TIME_LENGTH = toAuditTime(0).length;

/** Takes records of several lists in one time order, which their positions give, over all lists. */
export async function mergeAuditLists(lists: readonly AuditList[], options: MergeOptions): Promise<MergedRecords> {
  const open = lists.map((list) => new OpenList(list, options));
  await Promise.all(open.map((list) => list.fill()));
  const found: AuditRecord[] = [];
  let last = options.after;
  for (let reads = 0; ;) {
    for (const list of open.filter((one) => one.mustBeRead)) {
      // Each list has given something by now, so that whoever goes on behind `last` gets further.
      if (reads === options.maxReads) return { records: found, ...(last === undefined ? {} : { nextAfter: last }) };
      reads += 1;
      await list.fill();
    }
    const first = open
      .filter(({ head }) => head !== undefined)
      .toSorted((a, b) => comparePositions(a.head, b.head, options.isNewestFirst))[0];
    if (first === undefined) return { records: found };
    if (found.length === options.limit) return { records: found, ...(last === undefined ? {} : { nextAfter: last }) };
    const record = first.take();
    last = record.position;
    if (options.isWanted(record)) found.push(record);
  }
}

/** A list with the part of it that was read and not taken yet. */
class OpenList {
  readonly #read: AuditList;
  readonly #options: MergeOptions;
  #records: AuditRecord[] = [];
  #cursor: string | undefined;
  #isEnded = false;

  constructor(read: AuditList, options: MergeOptions) {
    this.#read = read;
    this.#options = options;
  }

  get head(): AuditRecord | undefined {
    return this.#records[0];
  }

  /** Whether it is not known what comes next on it. */
  get mustBeRead(): boolean {
    return this.#records.length === 0 && !this.#isEnded;
  }

  take(): AuditRecord {
    const [head, ...rest] = this.#records;
    if (head === undefined) throw new Error('the list has no record to take');
    this.#records = rest;
    return head;
  }

  /** Reads on until there is a record or the end: pages of expired records are empty. */
  async fill(): Promise<void> {
    while (this.mustBeRead) {
      const page = await this.#read({
        ...buildBounds(this.#options),
        limit: PAGE_LIMIT,
        isNewestFirst: this.#options.isNewestFirst,
        ...(this.#cursor === undefined ? {} : { cursor: this.#cursor }),
      });
      this.#records = (page?.records ?? []).filter(({ position }) => isBehind(position, this.#options));
      this.#cursor = page?.nextCursor;
      this.#isEnded = this.#cursor === undefined;
    }
  }
}

/** The millisecond of `after` is read again: others of it may come behind. */
function buildBounds({ fromEpochMs, toEpochMs, after, isNewestFirst }: MergeOptions) {
  const afterEpochMs = after === undefined ? undefined : Date.parse(after.slice(0, TIME_LENGTH));
  const from = isNewestFirst ? fromEpochMs : pick(Math.max, fromEpochMs, afterEpochMs);
  const to = isNewestFirst
    ? pick(Math.min, toEpochMs, afterEpochMs === undefined ? undefined : afterEpochMs + 1)
    : toEpochMs;
  return { ...(from === undefined ? {} : { fromEpochMs: from }), ...(to === undefined ? {} : { toEpochMs: to }) };
}

function pick(choose: (a: number, b: number) => number, a: number | undefined, b: number | undefined) {
  return a === undefined || b === undefined ? (a ?? b) : choose(a, b);
}

function isBehind(position: string, { after, isNewestFirst }: MergeOptions): boolean {
  return after === undefined || (isNewestFirst ? position < after : position > after);
}

function comparePositions(a: AuditRecord | undefined, b: AuditRecord | undefined, isNewestFirst: boolean): number {
  const isBefore = (a?.position ?? '') < (b?.position ?? '');
  return isBefore === isNewestFirst ? 1 : -1;
}
