/** What is lost without one of the scopes that the layer itself needs. */
export const MINIMUM_SCOPES: Readonly<Record<string, string>> = {
  identify: 'Without identify nobody knows who has connected: no connection can be made.',
  email: 'Without email profiles come without address and nobody can be matched by it.',
  guilds: "Without guilds the user's servers cannot be listed.",
};

/** What stops working with this choice; empty: it can be saved. */
export function findScopeFaults(chosen: readonly string[]): string[] {
  return Object.entries(MINIMUM_SCOPES).flatMap(([name, lost]) => (chosen.includes(name) ? [] : [lost]));
}
