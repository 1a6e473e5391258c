import type { ActionDefinition } from './action.ts';
import { AUTHORITY_RULES } from './authority-rule.ts';
import { describeSchema, listMembers, toJsonSchema } from './describe-schema.ts';
import { toExampleMarkdown } from './example-markdown.ts';
import { ACTIONS_PREFIX } from './to-routes.ts';

const CHECKS_TOLD = `The last column counts the checks of each action that \`test/actions\` makes on the wire: success, each permission missing of user and
of bot, foreign guild, scope, intent, limits from both sides, unknown members, dry run.

`;

/**
 * Writes the page of all actions: one section each, in catalogue order.
 * @param countChecks - how many checks the tests make of an action; absent: without that column
 */
export function toActionsMarkdown(
  catalogue: readonly ActionDefinition[],
  countChecks?: (action: ActionDefinition) => number,
): string {
  const rows = catalogue.map((action) => {
    const { id, method, path, credential, scopes, effect, summary } = action;
    const cells = [
      `[\`${id}\`](#${toAnchor(id)})`,
      `\`${method} ${path}\``,
      credential,
      list(scopes),
      effect,
      summary,
      ...(countChecks === undefined ? [] : [String(countChecks(action))]),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `# Actions

<!-- Written from the catalogue by \`test/docs/generated-docs.test.ts\`. Do not edit. -->

Every Discord operation that the gateway offers. Paths, parameters and bodies are Discord's own, below one connection:
\`${ACTIONS_PREFIX}\`. What is not listed here is refused with [\`action_unknown\`](problems.md#action_unknown), an
unlisted parameter with [\`input_invalid\`](problems.md#input_invalid), a connection without the scopes with
[\`scope_missing\`](problems.md#scope_missing).

What goes through the bot, or by a webhook, is done only when the connected user could do it himself in Discord: what an
action needs, both need, the user and the bot. In a channel both must see it, which is not listed each time. What is missing is
named by [\`actor_permission_missing\`](problems.md#actor_permission_missing) and
[\`bot_permission_missing\`](problems.md#bot_permission_missing).

${countChecks === undefined ? '' : CHECKS_TOLD}| action | Discord operation | credential | scopes | effect | what it does |${countChecks === undefined ? '' : ' checks |'}
|---|---|---|---|---|---|${countChecks === undefined ? '' : '---|'}
${rows.join('\n')}

${catalogue.map(toSection).join('\n')}`;
}

/** What {@link ActionDefinition.place} means to the reader. */
const PLACES: Readonly<Record<ActionDefinition['place'], string>> = {
  account: "the user's own account; open to tokens that are limited to guilds or channels",
  all_guilds: 'all guilds of the user at once; closed to tokens that are limited to guilds or channels',
  guild: 'the guild that `guild_id` names',
  channel: 'the channel that `channel_id` names',
  webhook: 'the channel of the webhook that `webhook_id` names',
  direct_messages:
    "the connected user's direct messages with the bot; closed to tokens that are limited to guilds or channels",
};

const CREDENTIALS: Readonly<Record<ActionDefinition['credential'], string>> = {
  user: "the connected user's own token",
  bot: "the bot's token",
  webhook: "the webhook's own token, which the layer adds",
};

const REPETITIONS: Readonly<Record<ActionDefinition['retry'], string>> = {
  idempotent: 'may be sent again: a repetition leads to the same state',
  nonce: 'with an `Idempotency-Key` it may be sent again: Discord recognizes the message and makes no second one',
  recorded: 'with an `Idempotency-Key` it may be sent again: the layer has kept the first answer',
};

function toSection(action: ActionDefinition): string {
  const reason = action.takesAuditLogReason ? '- `X-Audit-Log-Reason`: noted by Discord\n' : '';
  return `## \`${action.id}\`

${action.summary}. Discord's documentation: [${action.operationId}](${action.docs}).

- Request: \`${action.method} ${ACTIONS_PREFIX}${action.path}\`
- Effect: ${action.effect}
- Reaches: ${PLACES[action.place]}
- Credential at Discord: ${toCredential(action)}
- Scopes: ${list(action.scopes)}
${toNeeds(action)}- Path parameters:${toParameterList(action.pathParameters)}
- Query parameters:${toParameterList(action.query, action.repeatable)}
${toBody(action)}- Success: ${action.successStatuses.join(', ')}
${toAnswer(action)}- Repetition: ${REPETITIONS[action.retry]}
${reason}
${toExampleMarkdown(action)}`;
}

function toCredential({ credential, byToken }: ActionDefinition): string {
  const isEither = credential === 'bot' && byToken !== undefined;
  return isEither ? `${CREDENTIALS.bot}, or ${CREDENTIALS.webhook}` : CREDENTIALS[credential];
}

function toNeeds({ needs, credential }: ActionDefinition): string {
  if (credential === 'user') return '';
  const rules = needs.rules.map((name) => `\n  - ${AUTHORITY_RULES[name]}`).join('');
  const intents = needs.intents.length === 0 ? '' : `- Privileged intents: ${list(needs.intents)}\n`;
  const isFree = needs.permissions.length === 0 && needs.rules.length === 0;
  const permissions = isFree
    ? ' to be in the guild'
    : needs.permissions.length === 0
      ? ''
      : ` ${list(needs.permissions)}`;
  return `- Permissions:${permissions}${rules}\n${intents}`;
}

function toBody({ body }: ActionDefinition): string {
  if (body === undefined) return '';
  const members = listMembers(toJsonSchema(body.schema));
  const form = body.takesFiles
    ? ', or with files `multipart/form-data` (`payload_json`, `files[0]` to `files[9]`)'
    : '';
  const kind = body.isRequired ? 'JSON' : 'JSON, or none';
  return `- Body: ${kind}${form}${members.length === 0 ? '; an empty object' : `\n${members.join('\n')}`}\n`;
}

function toAnswer({ answer }: ActionDefinition): string {
  return answer === undefined
    ? ''
    : `- Answer: ${describeSchema(toJsonSchema(answer))}, with all else that Discord sends\n`;
}

/** Names each parameter with the rule that its own schema gives when it refuses a value. */
function toParameterList(
  schemas: ActionDefinition['pathParameters'] | ActionDefinition['query'],
  repeatable: readonly string[] = [],
): string {
  const lines = Object.entries(schemas).map(([name, schema]) => {
    const rule = schema.safeParse('').error?.issues[0]?.message;
    const notes = [
      ...(schema.safeParse(undefined).success ? [] : ['required']),
      ...(repeatable.includes(name) ? ['may stand there more than once'] : []),
    ];
    return `\n  - \`${name}\`${notes.length === 0 ? '' : ` (${notes.join(', ')})`}${rule === undefined ? '' : `: ${rule}`}`;
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
