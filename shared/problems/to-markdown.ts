import { PROBLEM_TEXTS } from './problem-texts.ts';

/** Writes the page of all problem codes: one section each, with the code as its anchor. */
export function toProblemsMarkdown(texts: typeof PROBLEM_TEXTS = PROBLEM_TEXTS): string {
  const entries = Object.entries(texts);
  const rows = entries.map(([code, { status, title }]) => `| [\`${code}\`](#${code}) | ${status} | ${title} |`);
  const sections = entries.map(
    ([code, { status, title, advice }]) => `## \`${code}\`\n\nHTTP ${status}. **${title}.**\n\n${advice}\n`,
  );
  return `# Problem codes

<!-- Written from the problem texts by \`test/docs/generated-docs.test.ts\`. Do not edit. -->

A request that fails is answered with \`application/problem+json\` (RFC 9457). \`code\` is stable: programs may depend on it.
\`detail\` says what to do next, \`instance\` names the request for the operator, \`retry_after_seconds\` stands there where
waiting helps, \`errors\` where values of the request are at fault. Below \`/connections/{connection_id}/api/v10\` the same body
goes out as \`application/json\` with a \`message\`, unless \`Accept\` names \`application/problem+json\`. A status of
\`discord_rejected\` is that of Discord's answer. The gateway's own limits answer before any function runs and without a
code: 413 (body above 10 MB), 429 (throttling), 503.

| code | status | title |
|---|---|---|
${rows.join('\n')}

${sections.join('\n')}`;
}
