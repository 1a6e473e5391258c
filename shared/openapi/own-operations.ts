type Json = Readonly<Record<string, unknown>>;

/** An operation of our own, as the document has it. */
export interface OwnOperation {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly success: Json;
}

const text = { type: 'string' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const snowflake = { type: 'string', pattern: '^[1-9][0-9]{14,19}$' } as const;

const inPath = (name: string, description: string) => ({ name, in: 'path', required: true, description, schema: text });
const inQuery = (name: string, description: string, schema: Json) => ({ name, in: 'query', description, schema });

const CONNECTION_ID = inPath('connection_id', 'Id of a connection');

const CONNECTION: Json = {
  type: 'object',
  required: ['id', 'user_id', 'status', 'discord_user', 'scopes', 'guilds', 'webhooks', 'created_at', 'updated_at'],
  properties: {
    id: text,
    user_id: { ...text, description: "The app's own id of its user" },
    status: { ...text, enum: ['active', 'reconnect_required', 'disconnected'] },
    status_reason: text,
    discord_user: {
      type: 'object',
      properties: { id: snowflake, username: text, global_name: { type: ['string', 'null'] } },
    },
    scopes: { type: 'array', items: text },
    guilds: { type: 'array', items: { type: 'object', properties: { id: snowflake, name: text } } },
    webhooks: {
      type: 'array',
      items: { type: 'object', properties: { id: snowflake, channel_id: snowflake, guild_id: snowflake } },
    },
    created_at: time,
    updated_at: time,
  },
};

const answer = (status: number, description: string, schema: Json): Json => ({
  [status]: { description, content: { 'application/json': { schema } } },
});

const body = (schema: Json, isRequired = true): Json => ({
  required: isRequired,
  content: { 'application/json': { schema: { type: 'object', additionalProperties: false, ...schema } } },
});

/** The operations of the layer itself that programs call. */
export const OWN_OPERATIONS: readonly OwnOperation[] = [
  {
    method: 'post',
    path: '/connect-sessions',
    operationId: 'create_connect_session',
    summary: 'Make a link with which one end user connects',
    tags: ['connecting'],
    requestBody: body({
      required: ['user_id'],
      properties: {
        user_id: { ...text, minLength: 1, maxLength: 128 },
        return_url: {
          ...text,
          format: 'uri',
          description:
            'May be left out only in a tenant without confirmation: the user then ends on a page that shows his connection.',
        },
        scopes: { type: 'array', items: text, minItems: 1, maxItems: 32, uniqueItems: true },
        permissions: text,
        guild_id: snowflake,
        connection_id: text,
      },
    }),
    success: answer(201, 'The link', {
      type: 'object',
      required: ['id', 'authorize_url', 'expires_at'],
      properties: { id: text, authorize_url: { ...text, format: 'uri' }, expires_at: time },
    }),
  },
  {
    method: 'post',
    path: '/connect-sessions/{session_id}/confirm',
    operationId: 'confirm_connect_session',
    summary: 'Say which of your users came back, and get his connection',
    tags: ['connecting'],
    parameters: [inPath('session_id', 'Id of a connect session')],
    requestBody: body({
      required: ['confirmation_code', 'user_id'],
      properties: { confirmation_code: text, user_id: text },
    }),
    success: answer(200, 'The connection', CONNECTION),
  },
  {
    method: 'get',
    path: '/connections',
    operationId: 'list_connections',
    summary: 'List connections',
    tags: ['connections'],
    parameters: [
      inQuery('user_id', 'Only those of this user of yours', text),
      inQuery('limit', 'How many at most', { type: 'integer', minimum: 1, maximum: 100, default: 50 }),
      inQuery('cursor', 'next_cursor of the page before', text),
    ],
    success: answer(200, 'A page', {
      type: 'object',
      required: ['items'],
      properties: { items: { type: 'array', items: CONNECTION }, next_cursor: text },
    }),
  },
  {
    method: 'get',
    path: '/connections/{connection_id}',
    operationId: 'read_connection',
    summary: 'Read a connection',
    tags: ['connections'],
    parameters: [CONNECTION_ID],
    success: answer(200, 'The connection', CONNECTION),
  },
  {
    method: 'delete',
    path: '/connections/{connection_id}',
    operationId: 'disconnect',
    summary: 'Disconnect a user; revokes at Discord when nobody else lives on the authorization',
    tags: ['connections'],
    parameters: [
      CONNECTION_ID,
      inQuery('delete_webhooks', 'Whether the webhooks of the connection are deleted, too', {
        type: 'boolean',
        default: false,
      }),
    ],
    success: answer(200, 'The connection as it is now', CONNECTION),
  },
  {
    method: 'get',
    path: '/connections/{connection_id}/actions',
    operationId: 'explain_actions',
    summary: 'Which actions would work for a connection now, and if not, what is missing and who can mend it',
    tags: ['connections'],
    parameters: [
      CONNECTION_ID,
      inQuery('guild_id', 'Look at the actions of this guild, too', snowflake),
      inQuery('channel_id', 'Look at the actions of this channel, too', snowflake),
    ],
    success: answer(200, 'One decision for each action', {
      type: 'object',
      required: ['items'],
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            required: ['action', 'would_work', 'problems', 'depends_on'],
            properties: {
              action: text,
              would_work: { type: 'boolean' },
              problems: { type: 'array', items: { $ref: '#/components/schemas/Obstacle' } },
              depends_on: { type: 'array', items: text, description: 'What else decides when the call is made' },
            },
          },
        },
      },
    }),
  },
  {
    method: 'post',
    path: '/connections/{connection_id}/tokens',
    operationId: 'create_connection_token',
    summary: 'Make a bearer for one connection, for an hour at most',
    tags: ['connections'],
    parameters: [CONNECTION_ID],
    requestBody: body(
      {
        properties: {
          actions: { type: 'array', items: text },
          guild_ids: { type: 'array', items: snowflake },
          channel_ids: { type: 'array', items: snowflake },
          expires_in: { type: 'integer', maximum: 3600 },
        },
      },
      false,
    ),
    success: answer(201, 'The token, shown this once', {
      type: 'object',
      required: ['id', 'token', 'expires_at', 'actions'],
      properties: { id: text, token: text, expires_at: time, actions: { type: 'array', items: text } },
    }),
  },
  {
    method: 'delete',
    path: '/connections/{connection_id}/tokens/{token_id}',
    operationId: 'revoke_connection_token',
    summary: 'End a connection token at once',
    tags: ['connections'],
    parameters: [CONNECTION_ID, inPath('token_id', 'Id of a connection token')],
    success: { '204': { description: 'It is refused from now on' } },
  },
  {
    method: 'post',
    path: '/connections/{connection_id}/user-links',
    operationId: 'create_user_link',
    summary: 'Make a link with which the end user sees and ends his own connection',
    tags: ['connections'],
    parameters: [CONNECTION_ID],
    requestBody: body({ properties: { return_url: { ...text, format: 'uri' } } }, false),
    success: answer(201, 'The link', {
      type: 'object',
      required: ['url', 'expires_at'],
      properties: { url: { ...text, format: 'uri' }, expires_at: time },
    }),
  },
];
