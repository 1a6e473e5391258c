import type { ActionCases } from '../action-case.ts';

export const USER_CASES: ActionCases = {
  'user.read': [{}],
  'user_connections.list': [{}],
  'user_guilds.list': [{}],
  'user_guild_member.read': [{}],
  'direct_message.open': [{ call: ({ actor }) => ({ body: { recipient_id: actor } }) }],
};
