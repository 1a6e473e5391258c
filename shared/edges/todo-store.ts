import type { TodoStore } from '../app/ports.ts';
import { keys } from './keys.ts';
import { parseTodo } from './records.ts';
import type { TableClient } from './table-client.ts';

/** To-dos: one partition for each kind, so that they are found without an index and consistently. */
export function createTodoStore(table: TableClient): TodoStore {
  return {
    put: async (todo) => {
      await table.put(keys.todo(todo.kind, todo.id), { ...todo });
    },
    ensure: async (todo) => {
      await table.put(keys.todo(todo.kind, todo.id), { ...todo }, { ConditionExpression: 'attribute_not_exists(pk)' });
    },
    postpone: async ({ kind, id, claimId, notBeforeEpochSeconds: read }, notBeforeEpochSeconds) => {
      const updated = await table.update(keys.todo(kind, id), {
        UpdateExpression: 'SET notBeforeEpochSeconds = :later',
        // An own write whose answer was lost and which the SDK repeats counts as lost: it is tried again when its time comes.
        ConditionExpression: 'claimId = :claim AND notBeforeEpochSeconds = :read',
        ExpressionAttributeValues: { ':later': notBeforeEpochSeconds, ':claim': claimId, ':read': read },
      });
      return updated !== undefined;
    },
    remove: async ({ kind, id, claimId }) => {
      await table.delete(keys.todo(kind, id), {
        ConditionExpression: 'claimId = :mine',
        ExpressionAttributeValues: { ':mine': claimId },
      });
    },
    list: async (kind, { limit, after }) => {
      const partition = keys.todo(kind, '').pk;
      const found = await table.query({ partition }, { limit, ...(after === undefined ? {} : { after }) });
      return {
        todos: found.items.map(parseTodo).filter((todo) => todo !== undefined),
        ...(found.last === undefined ? {} : { last: found.last }),
      };
    },
  };
}
