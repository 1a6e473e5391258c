import type { InvocationContext } from '../../infra/local/gateway/invoker.ts';
import { startHarness, type Harness } from '../support/harness.ts';
import { TestClock } from '../support/test-clock.ts';
import type { ChildTime, Job, OperatorOrder, TraceEntry } from './child/messages.ts';
import { startHandlerProcess, type HandlerProcess } from './handler-process.ts';
import type { ProcessBundle } from './process-bundle.ts';

/** Milliseconds that a call to AWS or Discord may take: on a busy machine they are slow, which is not the point here. */
const MAX_CALL_MS = 20_000;

/** Milliseconds that an operator's command gives one connection. */
const OPERATOR_CALL_MS = 29_000;

/** Where a call runs: in which process, and in which of its sandboxes. */
export interface Place {
  readonly process: HandlerProcess;
  /** A name that was not used in this process before is a cold start. */
  readonly sandbox: string;
}

/** The harness with its functions in processes of their own: gateway, AWS servers and simulator live on when one is killed. */
export interface ProcessRig {
  readonly harness: Harness;
  /** Starts a process; it is stopped with the rig at the latest. */
  spawn(): HandlerProcess;
  /** Has an operator's order carried out at the chosen place. */
  operate(order: OperatorOrder): Promise<unknown>;
  /** From now on calls run there; asked anew for each call. */
  place(choose: () => Place): void;
  /** What the last call to end has recorded. */
  readonly lastTrace: readonly TraceEntry[];
  readTime(): ChildTime;
  stop(): Promise<void>;
}

/** A clock that goes on by itself and can be moved forward. */
export class RunningClock extends TestClock {
  readonly #startedAtEpochMs = Date.now();

  override nowEpochMs(): number {
    return super.nowEpochMs() + Date.now() - this.#startedAtEpochMs;
  }
}

/**
 * Starts the servers; no process yet.
 * @param isTimeRunning - whether time goes on by itself and pauses last; absent: it stands still but for the pauses
 * that the functions make, which the harness's clock then makes up for
 */
export async function startProcessRig(
  bundle: ProcessBundle,
  { isTimeRunning = false }: { readonly isTimeRunning?: boolean } = {},
): Promise<ProcessRig> {
  const clock = isTimeRunning ? new RunningClock() : new TestClock();
  const processes = new Set<HandlerProcess>();
  let choose: (() => Place) | undefined;
  let lastTrace: readonly TraceEntry[] = [];
  let tell: (line: string) => void = () => undefined;

  const readTime = (): ChildTime =>
    isTimeRunning
      ? { kind: 'running', offsetMs: clock.nowEpochMs() - Date.now() }
      : { kind: 'frozen', nowEpochMs: clock.nowEpochMs() };

  const runThere = async (build: (place: Place) => Job): Promise<unknown> => {
    if (choose === undefined) throw new Error('no process was chosen for the call');
    const place = choose();
    const answer = await place.process.run(build(place));
    lastTrace = answer.trace;
    const aheadMs = answer.nowEpochMs - clock.nowEpochMs();
    if (!isTimeRunning && aheadMs > 0) clock.advanceSeconds(aheadMs / 1000);
    return answer.value;
  };

  const invoke = (functionLogicalId: string, event: unknown, context: InvocationContext): Promise<unknown> => {
    const { getRemainingTimeInMillis, callbackWaitsForEmptyEventLoop: _unused, ...data } = context;
    const remainingMs = getRemainingTimeInMillis();
    return runThere(({ sandbox }) => ({
      kind: 'invoke',
      sandbox,
      functionLogicalId,
      event,
      context: data,
      remainingMs,
      time: readTime(),
    }));
  };

  const harness = await startHarness({
    clock,
    createInvoker: (_target, onLine) => {
      tell = onLine;
      return invoke;
    },
  });
  return {
    harness,
    spawn: () => {
      const setup = { target: harness.stack.target, maxCallMs: MAX_CALL_MS };
      const started = startHandlerProcess(bundle.file, setup, (line) => tell(line));
      processes.add(started);
      return started;
    },
    operate: (order) => runThere(() => ({ kind: 'operate', order, remainingMs: OPERATOR_CALL_MS, time: readTime() })),
    place: (next) => {
      choose = next;
    },
    get lastTrace() {
      return lastTrace;
    },
    readTime,
    stop: async () => {
      await Promise.all([...processes].map((process) => process.stop()));
      await harness.stop();
    },
  };
}
