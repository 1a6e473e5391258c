import { defineAction, NO_NEEDS, type ActionDefinition, type ActionNeeds } from './action.ts';

/** Fields that most actions of the bot have in common, left out where they are so. */
type Common =
  | 'credential'
  | 'scopes'
  | 'place'
  | 'needs'
  | 'retry'
  | 'takesAuditLogReason'
  | 'pathParameters'
  | 'query'
  | 'docs'
  | 'successStatuses';

export type BotActionInput = Omit<ActionDefinition, Common> &
  Partial<Pick<ActionDefinition, Exclude<Common, 'needs' | 'docs'>>> & {
    readonly needs?: Partial<ActionNeeds>;
    /** Page and heading below Discord's documentation: `resources/guild#get-guild`. */
    readonly docs: string;
  };

const DOCS = 'https://discord.com/developers/docs';

/**
 * Declares an action that the bot's token opens. What is left out: no scope, place by the path, no permission or rule, safe to repeat,
 * no audit-log reason, no query, success 200.
 * @throws Error as {@link defineAction} does
 */
export function defineBotAction(input: BotActionInput): ActionDefinition {
  return defineAction({
    credential: 'bot',
    scopes: [],
    place: input.path.includes('{channel_id}') ? 'channel' : input.path.includes('{guild_id}') ? 'guild' : 'webhook',
    retry: 'idempotent',
    takesAuditLogReason: false,
    pathParameters: {},
    query: {},
    successStatuses: [200],
    ...input,
    docs: `${DOCS}/${input.docs}`,
    needs: { ...NO_NEEDS, ...input.needs },
  });
}
