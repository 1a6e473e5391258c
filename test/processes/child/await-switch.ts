import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { ClientRequest } from 'node:http';
import { FROZEN_LINE, type Moment, type Strike, type TraceEntry } from './messages.ts';

/** What the instrumented code calls; see `await-points.ts`. Loaded before it, since it must be there when it runs. */
const points = {
  start: (point: string): void => void pass(point, 'start'),
  settle: async (point: string, awaited: unknown): Promise<unknown> => {
    try {
      return await awaited;
    } finally {
      if (pass(point, 'settled') === 'frozen') await thawed;
    }
  },
  each: async function* each(point: string, iterated: AsyncIterable<unknown> | Iterable<unknown>) {
    const iterator = Symbol.asyncIterator in iterated ? iterated[Symbol.asyncIterator]() : iterated[Symbol.iterator]();
    let isOver = false;
    try {
      for (;;) {
        points.start(point);
        const next = (await points.settle(point, iterator.next())) as IteratorResult<unknown>;
        isOver = next.done === true;
        if (isOver) return;
        yield next.value;
      }
    } finally {
      if (!isOver) await iterator.return?.();
    }
  },
};

Object.assign(globalThis, { __awaitSwitch: points });

let strike: Strike | undefined;
let trace: TraceEntry[] | undefined;
const passed = new Map<string, number>();
let goOn: () => void = () => undefined;
let thawed = Promise.resolve();

/** From now on: strike at this moment, counted from here. */
export function armStrike(next: Strike): void {
  passed.clear();
  strike = next;
}

/** From now on: remember what is passed and what is answered. */
export function startRecording(): void {
  passed.clear();
  trace = [];
}

/** Ends the recording. @returns what was passed, in order; empty when nothing was recorded */
export function takeTrace(): TraceEntry[] {
  const taken = trace ?? [];
  trace = undefined;
  return taken;
}

/** Lets what was frozen go on, once its time is set. */
export function thaw(): void {
  goOn();
}

function pass(point: string, position: Moment['position']): 'frozen' | undefined {
  if (strike === undefined && trace === undefined) return undefined;
  const name = `${position} ${point}`;
  const nth = (passed.get(name) ?? 0) + 1;
  passed.set(name, nth);
  trace?.push({ kind: 'moment', point, nth, position });
  if (strike?.at.point !== point || strike.at.position !== position || strike.at.nth !== nth) return undefined;
  const { kind } = strike;
  strike = undefined;
  if (kind === 'kill') {
    process.kill(process.pid, 'SIGKILL');
    return undefined;
  }
  thawed = new Promise((resolve) => (goOn = resolve));
  // Written at once: nothing of this process runs between the line and the signal that lets it go on.
  writeSync(1, `${FROZEN_LINE}\n`);
  process.kill(process.pid, 'SIGSTOP');
  return 'frozen';
}

/** Text of requests to AWS, as far as written: it names the items. */
const sent = new WeakMap<object, string>();
for (const name of ['write', 'end'] as const) {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const original = ClientRequest.prototype[name] as (this: ClientRequest, ...parts: unknown[]) => unknown;
  const noting = function (this: ClientRequest, ...parts: unknown[]): unknown {
    const [chunk] = parts;
    const isText = typeof chunk === 'string' || chunk instanceof Uint8Array;
    if (trace !== undefined && isText) sent.set(this, `${sent.get(this) ?? ''}${Buffer.from(chunk).toString()}`);
    return original.apply(this, parts);
  };
  Object.assign(ClientRequest.prototype, { [name]: noting });
}

interface HttpAnswered {
  readonly request: { getHeader(name: string): unknown };
  readonly response: { readonly statusCode?: number };
}
interface FetchAnswered {
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly statusCode: number };
}

// The AWS SDK goes through `node:http`, calls to Discord through `fetch`.
subscribe('http.client.response.finish', (message) => {
  const { request, response } = message as HttpAnswered;
  const name = String(request.getHeader('x-amz-target')).split('.').at(-1) ?? '';
  const item = /"pk":\{"S":"([A-Z]+)#/.exec(sent.get(request) ?? '')?.[1];
  const operation = item === undefined ? name : `${name} ${item}`;
  trace?.push({ kind: 'answer', service: 'aws', operation, status: response.statusCode ?? 0 });
});
subscribe('undici:request:headers', (message) => {
  const { request, response } = message as FetchAnswered;
  const operation = `${request.method} ${request.path.split('?')[0] ?? ''}`;
  trace?.push({ kind: 'answer', service: 'discord', operation, status: response.statusCode });
});
