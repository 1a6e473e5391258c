import { createHash } from 'node:crypto';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { toOpenApi } from '../../shared/openapi/to-openapi.ts';

/** What the page is made of. */
export interface ReferenceParts {
  readonly catalogue: readonly ActionDefinition[];
  readonly publicBaseUrl: string;
  readonly version: string;
  /** Source of the viewer's web component. */
  readonly viewer: string;
}

/**
 * Builds the API reference as one file that loads nothing from anywhere: the viewer and the OpenAPI document stand in it. Meant
 * to be opened from disk or put on a server of one's own; the Lambdas serve the document only.
 */
export function buildReference({ catalogue, publicBaseUrl, version, viewer }: ReferenceParts): string {
  const document = JSON.stringify(toOpenApi(catalogue, { publicBaseUrl, version }));
  const start = `const viewer = document.querySelector('rapi-doc');
viewer.loadSpec(JSON.parse(document.getElementById('openapi').textContent));`;
  const scripts = [viewer, start].map((source) => source.replaceAll('</script', '<\\/script'));
  const hashes = scripts.map((source) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`);
  const policy = `default-src 'none'; script-src ${hashes.join(' ')}; style-src 'unsafe-inline'; img-src data:; connect-src ${publicBaseUrl}`;
  const [viewerScript, startScript] = scripts;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Discord Integration: API reference</title>
<script type="application/json" id="openapi">${document.replaceAll('<', '\\u003c')}</script>
<script>${viewerScript}</script>
</head>
<body>
<rapi-doc render-style="read" show-header="false" allow-try="false" allow-authentication="false" allow-server-selection="false" schema-style="table" load-fonts="false"></rapi-doc>
<script>${startScript}</script>
</body>
</html>
`;
}
