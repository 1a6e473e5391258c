import { createHash } from 'node:crypto';
import { Marked } from 'marked';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { toActionsMarkdown } from '../../shared/catalogue/to-markdown.ts';

/** Wide, for tables; without script, font or picture from anywhere. */
const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; }
table { display: block; overflow-x: auto; border-collapse: collapse; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #8886; text-align: left; vertical-align: top; }
pre { overflow-x: auto; padding: .75rem; background: #8882; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-top: 1px solid #8886; padding-top: 1rem; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export const REFERENCE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'public, max-age=300',
};

/** The reference of all actions as a page: the document of the repository, with links that work here. */
export function renderReference(catalogue: readonly ActionDefinition[]): string {
  const marked = new Marked({
    renderer: {
      // The anchors that the document's own links name.
      heading({ depth, text, tokens }) {
        const id = text.replaceAll(/[`.]/g, '').toLowerCase().replaceAll(' ', '-');
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
  });
  const markdown = toActionsMarkdown(catalogue).replaceAll(/\(problems\.md#([a-z_]+)\)/g, '(/problems/$1)');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Actions of Discord Integration</title>
<style>${STYLE}</style>
</head>
<body>
<p>The same for programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>
${marked.parse(markdown, { async: false })}
</body>
</html>
`;
}
