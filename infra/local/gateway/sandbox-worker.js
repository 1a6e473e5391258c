/**
 * Inside of a sandbox: loads the handler once, then runs one event at a time. Plain JavaScript, because a worker thread starts
 * without the loader that lets the rest of `infra` run as TypeScript, as Lambda's own runtime does.
 *
 * workerData: `{ taskRoot, handler }`. In: `{ event, context, deadlineEpochMs }`, the event as JSON. Out: `{ kind: 'ready' }`,
 * `{ kind: 'result', json }` or `{ kind: 'error', phase, errorType, errorMessage, stack }`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

function findModule(taskRoot, moduleName) {
  // Lambda's order.
  const found = ['.js', '.mjs', '.cjs'].map((extension) => join(taskRoot, moduleName + extension)).find(existsSync);
  if (found !== undefined) return found;
  throw new Error(`Cannot find module '${moduleName}' (.js, .mjs or .cjs) in the function's code`);
}

function isEsModule(taskRoot, file) {
  if (!file.endsWith('.js')) return file.endsWith('.mjs');
  const packageJson = join(taskRoot, 'package.json');
  return existsSync(packageJson) && JSON.parse(readFileSync(packageJson, 'utf8')).type === 'module';
}

async function loadHandler({ taskRoot, handler }) {
  // `dir/index.handler`: the module ends at the first dot of the last part.
  const name = basename(handler);
  const dot = name.indexOf('.');
  if (dot < 1) throw new Error(`Bad handler '${handler}'`);
  const file = findModule(taskRoot, join(dirname(handler), name.slice(0, dot)));
  const loaded = isEsModule(taskRoot, file)
    ? await import(pathToFileURL(file).href)
    : createRequire(join(taskRoot, 'index.js'))(file);
  const exportName = name.slice(dot + 1);
  const found = loaded[exportName] ?? loaded.default?.[exportName];
  if (typeof found !== 'function') throw new Error(`${handler} is undefined or not exported`);
  // Node 24 on Lambda refuses callback handlers; one that only calls back would never be seen to end.
  if (found.length > 2)
    throw new Error(`${handler} takes a callback; nodejs24.x only runs handlers that return a promise`);
  return found;
}

function describeError(phase, error) {
  const known = error instanceof Error;
  return {
    kind: 'error',
    phase,
    errorType: known ? error.name : typeof error,
    errorMessage: known ? error.message : String(error),
    stack: known ? error.stack : undefined,
  };
}

async function run(handler, { event, context, deadlineEpochMs }) {
  try {
    const result = await handler(JSON.parse(event), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadlineEpochMs - Date.now()),
    });
    return { kind: 'result', json: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    return describeError('invoke', error);
  }
}

try {
  const handler = await loadHandler(workerData);
  parentPort.on('message', async (message) => parentPort.postMessage(await run(handler, message)));
  parentPort.postMessage({ kind: 'ready' });
} catch (error) {
  parentPort.postMessage(describeError('init', error));
}
