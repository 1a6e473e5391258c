import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { Clock, Random, Todo, TodoStore } from './ports.ts';

/** Seconds that the sweep leaves a revocation to whoever noted it: longer than any function runs. */
const OWN_TRY_SECONDS = 60;

const CLAIM_BYTES = 16;

/** Writes down that a connection's authorization is to be revoked: whatever happens after it, the sweep finds the connection. */
export async function noteRevocation(
  deps: { readonly todos: TodoStore; readonly clock: Clock; readonly random: Random },
  connectionId: string,
): Promise<Todo> {
  const sinceEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const todo: Todo = {
    kind: 'REVOKE',
    id: connectionId,
    claimId: Buffer.from(deps.random.bytes(CLAIM_BYTES)).toString('hex'),
    sinceEpochSeconds,
    notBeforeEpochSeconds: sinceEpochSeconds + OWN_TRY_SECONDS,
  };
  await deps.todos.put(todo);
  return todo;
}
