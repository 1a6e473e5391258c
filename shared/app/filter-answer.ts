import type { ActionDefinition } from '../catalogue/action.ts';
import type { AuthorityRule } from '../catalogue/authority-rule.ts';
import { isChannelVisible, isHeldInChannel, type Viewer } from '../authority/filters.ts';
import { dropItems, type ListFilter } from '../discord/drop-items.ts';
import { parseChannelFacts } from '../discord/parse-facts.ts';
import { readMember, readText } from '../domain/json-fields.ts';

/**
 * Leaves out of an answer what the connected user could not see himself: the bot sees more. What is left stays as it came.
 * @param text - JSON of a success
 * @param viewer - nothing: he cannot be seen in the guild, and is shown nothing
 * @throws OutageError
 */
export async function filterAnswer(
  text: string,
  action: ActionDefinition,
  viewer: Viewer | undefined,
): Promise<string> {
  const rule = action.needs.rules.find(isFiltering);
  if (rule === undefined) return text;
  const value: unknown = JSON.parse(text);
  return dropItems(text, await FILTERS[rule](value, viewer));
}

/** Whether answers to an action have to be filtered. */
export function isFiltered({ needs }: ActionDefinition): boolean {
  return needs.rules.some(isFiltering);
}

type FilteringRule = 'visible_channels' | 'visible_threads' | 'search' | 'guild_webhooks';

function isFiltering(rule: AuthorityRule): rule is FilteringRule {
  return Object.hasOwn(FILTERS, rule);
}

type BuildFilters = (answer: unknown, viewer: Viewer | undefined) => Promise<ListFilter[]>;

const FILTERS: Readonly<Record<FilteringRule, BuildFilters>> = {
  visible_channels: async (answer, viewer) => [await keepWhere([], answer, (item) => isVisible(viewer, item))],
  visible_threads: (answer, viewer) => keepThreads(answer, viewer),
  guild_webhooks: async (answer, viewer) => [
    await keepWhere([], answer, (item) => isHeld(viewer, readText(item, 'channel_id'), 'MANAGE_WEBHOOKS')),
  ],
  search: async (answer, viewer) => [
    await keepWhere(['messages'], readMember(answer, 'messages'), (hits) =>
      isHeld(viewer, readText(Array.isArray(hits) ? hits[0] : undefined, 'channel_id'), 'READ_MESSAGE_HISTORY'),
    ),
    ...(await keepThreads(answer, viewer)),
  ],
};

/** Threads, and of the bot's own memberships those in threads that stay. */
async function keepThreads(answer: unknown, viewer: Viewer | undefined): Promise<ListFilter[]> {
  const threads = readMember(answer, 'threads');
  const shown = await keepWhere(['threads'], threads, (item) => isVisible(viewer, item));
  const ids = new Set(
    (Array.isArray(threads) ? threads : []).filter(shown.isKept).map((thread) => readText(thread, 'id')),
  );
  return [shown, { path: ['members'], isKept: (item) => ids.has(readText(item, 'id')) }];
}

async function keepWhere(
  path: readonly string[],
  list: unknown,
  decide: (item: unknown) => Promise<boolean>,
): Promise<ListFilter> {
  const decisions: boolean[] = [];
  for (const item of Array.isArray(list) ? list : []) decisions.push(await decide(item));
  return { path, isKept: (_item, index) => decisions[index] === true };
}

async function isVisible(viewer: Viewer | undefined, item: unknown): Promise<boolean> {
  const channel = parseChannelFacts(item);
  return viewer !== undefined && channel !== undefined && isChannelVisible(viewer, channel);
}

async function isHeld(
  viewer: Viewer | undefined,
  channelId: string | undefined,
  permission: 'MANAGE_WEBHOOKS' | 'READ_MESSAGE_HISTORY',
): Promise<boolean> {
  return viewer !== undefined && channelId !== undefined && isHeldInChannel(viewer, channelId, [permission]);
}
