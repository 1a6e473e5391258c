/**
 * Inside of a child process: the product's handlers, real, instrumented at every await, driven by the parent's messages. It
 * ends with its parent.
 */
import { armStrike, startRecording, takeTrace, thaw } from './await-switch.ts';
import { liveEdges } from '../../../shared/edges/live.ts';
import { createInProcessInvoker } from '../../support/in-process-invoker.ts';
import { ChildClock } from './child-clock.ts';
import { operate } from './operate.ts';
import type { ChildSetup, Job, JobAnswer, JobMessage } from './messages.ts';

const { target, maxCallMs } = JSON.parse(process.argv[2] ?? '') as ChildSetup;
const clock = new ChildClock();
const overrides = { clock, sleep: clock.sleep, maxCallMs, maxAwsCallMs: maxCallMs };
const sandboxes = new Map<string, ReturnType<typeof createInProcessInvoker>['invoke']>();

function invoke({
  sandbox,
  functionLogicalId,
  event,
  context,
  remainingMs,
}: Job & { kind: 'invoke' }): Promise<unknown> {
  const run = sandboxes.get(sandbox) ?? createInProcessInvoker(target, overrides).invoke;
  sandboxes.set(sandbox, run);
  const getRemainingTimeInMillis = countDown(remainingMs);
  return run(functionLogicalId, event, { ...context, callbackWaitsForEmptyEventLoop: true, getRemainingTimeInMillis });
}

function countDown(remainingMs: number): () => number {
  const deadlineEpochMs = clock.nowEpochMs() + remainingMs;
  return () => Math.max(0, deadlineEpochMs - clock.nowEpochMs());
}

async function work(job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'strike':
      armStrike(job.strike);
      return undefined;
    case 'record':
      startRecording();
      return undefined;
    case 'invoke':
      clock.set(job.time);
      return invoke(job);
    case 'operate':
      clock.set(job.time);
      return operate(liveEdges(overrides), job.order, countDown(job.remainingMs));
    case 'thaw':
      clock.set(job.time);
      thaw();
      return undefined;
  }
}

async function answer({ id, job }: JobMessage): Promise<JobAnswer> {
  try {
    const value = await work(job);
    const trace = job.kind === 'invoke' || job.kind === 'operate' ? takeTrace() : [];
    return { id, ok: true, value, nowEpochMs: clock.nowEpochMs(), trace };
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? `${error.name}: ${error.message}` : typeof error };
  }
}

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  void answer(message as JobMessage).then((answered) => process.send?.(answered));
});
Object.assign(process.env, target.awsEnvironment, target.environment);
