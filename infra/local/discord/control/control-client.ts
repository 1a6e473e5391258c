import type { ControlOperationName, SimulatorControl } from './operations.ts';
import { CONTROL_OPERATIONS, CONTROL_PREFIX } from './operations.ts';

/** Thrown when the control API refuses a call; the message is the simulator's. */
export class ControlCallError extends Error {
  override name = 'ControlCallError';
}

/**
 * Controls a simulator that runs in another process.
 * @param baseUrl - its origin, for example `http://localhost:3001`
 */
export function connectControl(baseUrl: string): SimulatorControl {
  const entries = Object.keys(CONTROL_OPERATIONS).map((name) => [
    name,
    (input?: unknown) => call(baseUrl, name as ControlOperationName, input),
  ]);
  // The table and the type have the same keys and every answer is parsed with its own schema.
  return Object.fromEntries(entries) as SimulatorControl;
}

async function call(baseUrl: string, name: ControlOperationName, input: unknown): Promise<unknown> {
  const { method, path, output } = CONTROL_OPERATIONS[name];
  const url = new URL(`${CONTROL_PREFIX}${path}`, baseUrl);
  const hasBody = method !== 'GET' && input !== undefined;
  if (method === 'GET' && input !== undefined) {
    for (const [key, value] of Object.entries(input as Record<string, unknown>)) {
      if (typeof value === 'string') url.searchParams.set(key, value);
    }
  }
  const response = await fetch(url, {
    method,
    ...(hasBody ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new ControlCallError(`${name}: ${response.status} ${text}`);
  return output.parse(JSON.parse(text));
}
