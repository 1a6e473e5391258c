/** Names of things that are really there, so that fuzzed requests get far. */
export interface Places {
  /** Values by the name of a path parameter: `guild_id`, `message_id`, … */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Ids of connections, those of the requests' own tenant first. */
  readonly connections: readonly string[];
  /** Secrets of Discord's that a careless caller could put into an address. */
  readonly secrets: readonly string[];
  /** What may follow `Bearer`, the API key of the connections' tenant first. */
  readonly credentials: readonly string[];
}

/** Every id that there is, for bodies and queries. */
export function listIds({ parameters }: Places): string[] {
  return [...new Set(Object.values(parameters).flat())];
}

/** Which parameter's values belong into a member of a body. */
const MEMBERS: Readonly<Record<string, string>> = {
  messages: 'message_id',
  message_id: 'message_id',
  user_ids: 'user_id',
  recipient_id: 'user_id',
  roles: 'role_id',
  channel_id: 'channel_id',
};

/** An example with ids of things that are really there, each other than the last. */
export function withRealIds(example: unknown, { parameters }: Places): unknown {
  const visit = (value: unknown, name: string, index: number): unknown => {
    if (Array.isArray(value)) return value.map((item, at) => visit(item, name, at));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member, key, 0)]));
    }
    const real = [...new Set(parameters[MEMBERS[name] ?? ''])];
    return typeof value === 'string' && /^[0-9]{15,20}$/.test(value) ? (real[index] ?? value) : value;
  };
  return visit(example, '', 0);
}
