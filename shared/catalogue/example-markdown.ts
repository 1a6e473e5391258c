import type { ActionDefinition } from './action.ts';
import { ACTIONS_PREFIX } from './to-routes.ts';

/** The example of an action as the request that a caller writes, and what comes back. */
export function toExampleMarkdown({ method, path, successStatuses, example }: ActionDefinition): string {
  const { pathParameters, query = {}, body, answer } = example;
  const filled = path.replace(/\{([a-z_]+)\}/g, (_, name: string) => encodeURIComponent(pathParameters[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  const headers = body === undefined ? '' : `\nContent-Type: application/json\n\n${toJson(body)}`;
  const status = answer === undefined ? successStatuses.at(-1) : successStatuses[0];
  return `\`\`\`http
${method} ${ACTIONS_PREFIX}${filled}${search === '' ? '' : `?${search}`}${headers}
\`\`\`

${answer === undefined ? `Answer: ${status}, without a body.` : `Answer: ${status}, shortened.\n\n\`\`\`json\n${toJson(answer)}\n\`\`\``}
`;
}

function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
