/** Who can do something about a problem, in words. */
export const MENDERS: Readonly<Record<string, string>> = {
  app: 'whoever writes the app',
  end_user: 'the connected user',
  guild_admin: 'an administrator of that server',
  operator: 'you, the operator',
  time: 'nobody: try again later',
};
