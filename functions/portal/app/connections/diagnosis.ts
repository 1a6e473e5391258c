/** One thing that stands against an action. */
export interface Obstacle {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly mended_by: string;
}

/** One action, and what stands against it. */
export interface Diagnosis {
  readonly action: string;
  readonly group: string;
  readonly summary: string;
  readonly is_allowed: boolean;
  readonly problems: readonly Obstacle[];
  readonly depends_on: readonly string[];
}

/** What Discord's resources are called here, in the order in which they are shown; others come behind them, as they are called. */
export const GROUPS: Readonly<Record<string, string>> = {
  user: 'The user',
  guild: 'Servers',
  channel: 'Channels',
  message: 'Messages',
  webhook: 'Webhooks',
};

/** What alone stands against every action, as it does when the connection has ended: said once, not for each of them. */
export function findCommonObstacle(items: readonly Diagnosis[]): Obstacle | undefined {
  const first = items[0]?.problems[0];
  const isCommon = items.every(({ problems }) => problems.length === 1 && problems[0]?.code === first?.code);
  return isCommon ? first : undefined;
}

/** The known groups first, in their order. */
export function toGroups(items: readonly Diagnosis[]): readonly (readonly [group: string, members: Diagnosis[]])[] {
  const groups = new Map<string, Diagnosis[]>(Object.keys(GROUPS).map((group) => [group, []]));
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups].filter(([, members]) => members.length > 0);
}

/** What depends on more than was named may work or not: it is told apart. */
export function countActions(items: readonly Diagnosis[]): string {
  const working = items.filter((item) => item.is_allowed);
  const depending = working.filter((item) => item.depends_on.length > 0).length;
  const count = `${working.length} of ${items.length} actions would work`;
  return depending === 0 ? `${count}.` : `${count}; of these, ${depending} depend on what is said beside them.`;
}
