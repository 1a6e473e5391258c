import type { ActionDefinition, ActionMethod } from '../../shared/catalogue/action.ts';
import type { ActionCase, CaseCall, WorldIds } from './action-case.ts';

/** A call as it goes out. */
export interface BuiltCall {
  readonly method: ActionMethod;
  /** Below `/api/v10`. */
  readonly path: string;
  readonly query: string;
  readonly body: BuiltBody;
}

export interface BuiltBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes?: string | Uint8Array;
}

const NO_BODY: BuiltBody = { headers: {} };

/** What stands in a path when a case says nothing else. */
function findUsual(name: string, { path }: ActionDefinition, ids: WorldIds): string {
  switch (name) {
    case 'guild_id':
      return ids.guild;
    case 'channel_id':
      return ids.general;
    case 'message_id':
      return path.startsWith('/webhooks/') ? ids.webhookMessage : ids.message;
    case 'webhook_id':
      return ids.webhook;
    case 'user_id':
      return ids.linus;
    case 'role_id':
      return ids.heldRole;
    case 'emoji_name':
      return '👍';
    default:
      throw new Error(`nothing in the world of these tests is a ${name}`);
  }
}

/** The call of a case. What it leaves open is as in the action's example, with the ids of this world. */
export function buildCall(
  action: ActionDefinition,
  { call = () => ({}) }: ActionCase,
  ids: WorldIds,
  changes: CaseCall = {},
): BuiltCall {
  const given = call(ids);
  const values = { ...given.path, ...changes.path };
  const path = action.path.replaceAll(/\{([a-z_]+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? findUsual(name, action, ids)),
  );
  const query = new URLSearchParams({ ...(given.query ?? action.example.query), ...changes.query }).toString();
  const json = changes.body ?? (given.body === undefined ? action.example.body : given.body);
  return { method: action.method, path, query, body: buildBody(json, given.file) };
}

const BOUNDARY = 'punched-cards';

function buildBody(json: unknown, file: string | undefined): BuiltBody {
  if (json === undefined || json === null) return NO_BODY;
  const text = JSON.stringify(json);
  if (file === undefined) return { headers: { 'content-type': 'application/json' }, bytes: text };
  const parts = [
    `--${BOUNDARY}`,
    'content-disposition: form-data; name="payload_json"',
    'content-type: application/json',
    '',
    text,
    `--${BOUNDARY}`,
    'content-disposition: form-data; name="files[0]"; filename="cards.txt"',
    'content-type: text/plain',
    '',
    file,
    `--${BOUNDARY}--`,
    '',
  ];
  return { headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, bytes: parts.join('\r\n') };
}
