import type { ActionDefinition } from './action.ts';
import { ACTIONS_PREFIX } from './to-routes.ts';

/** Writes the page of all actions: one section each, in catalogue order. */
export function toActionsMarkdown(catalogue: readonly ActionDefinition[]): string {
  const rows = catalogue.map(
    ({ id, method, path, scopes, summary }) =>
      `| [\`${id}\`](#${toAnchor(id)}) | \`${method} ${path}\` | ${list(scopes)} | ${summary} |`,
  );
  return `# Actions

<!-- Written from the catalogue by \`test/docs/generated-docs.test.ts\`. Do not edit. -->

Every Discord operation that the gateway offers. Paths, parameters and bodies are Discord's own, below one connection:
\`${ACTIONS_PREFIX}\`. What is not listed here is refused with [\`action_unknown\`](problems.md#action_unknown), an
unlisted parameter with [\`input_invalid\`](problems.md#input_invalid), a connection without the scopes with
[\`scope_missing\`](problems.md#scope_missing).

| action | Discord operation | scopes | what it does |
|---|---|---|---|
${rows.join('\n')}

${catalogue.map(toSection).join('\n')}`;
}

/** What {@link ActionDefinition.place} means to the reader. */
const PLACES: Readonly<Record<ActionDefinition['place'], string>> = {
  account: "the user's own account; open to tokens that are limited to guilds or channels",
  all_guilds: 'all guilds of the user at once; closed to tokens that are limited to guilds or channels',
  guild: 'the guild that `guild_id` names',
  channel: 'the channel that `channel_id` names',
};

function toSection(action: ActionDefinition): string {
  return `## \`${action.id}\`

${action.summary}. Discord's documentation: [${action.operationId}](${action.docs}).

- Request: \`${action.method} ${ACTIONS_PREFIX}${action.path}\`
- Effect: ${action.effect}
- Reaches: ${PLACES[action.place]}
- Credential at Discord: ${action.credential}
- Scopes: ${list(action.scopes)}
- Path parameters:${toParameterList(action.pathParameters)}
- Query parameters:${toParameterList(action.query)}
- Success: ${action.successStatuses.join(', ')}
`;
}

/** Names each parameter with the rule that its own schema gives when it refuses a value. */
function toParameterList(schemas: ActionDefinition['pathParameters'] | ActionDefinition['query']): string {
  const lines = Object.entries(schemas).map(([name, schema]) => {
    const rule = schema.safeParse('').error?.issues[0]?.message;
    const isOptional = schema.safeParse(undefined).success;
    return `\n  - \`${name}\`${isOptional ? '' : ' (required)'}${rule === undefined ? '' : `: ${rule}`}`;
  });
  return lines.length === 0 ? ' none' : lines.join('');
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}

/** The anchor that GitHub makes of a heading. */
function toAnchor(heading: string): string {
  return heading.replaceAll('.', '');
}
