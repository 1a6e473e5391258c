import type { Call } from './build-call.ts';

/** Placeholder for the key of the app's back end; the portal's own token is never shown. */
const KEY = '$API_KEY';

/** The call for a shell. */
export function toCurl(
  { method, path, body }: Call,
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
): string {
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quote(`${baseUrl}${path}`)}`,
    `-H "Authorization: Bearer ${KEY}"`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(body))}`]),
  ];
  return lines.join(' \\\n  ');
}

/** The call with what Node.js and browsers bring along. */
export function toFetch(
  { method, path, body }: Call,
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
): string {
  const shown = [
    '    Authorization: `Bearer ${process.env.API_KEY}`,',
    ...Object.entries(headers).map(([name, value]) => `    ${literal(name)}: ${literal(value)},`),
    ...(body === undefined ? [] : [`    'Content-Type': 'application/json',`]),
  ];
  return [
    `const response = await fetch(${literal(`${baseUrl}${path}`)}, {`,
    ...(method === 'GET' ? [] : [`  method: ${literal(method)},`]),
    '  headers: {',
    ...shown,
    '  },',
    ...(body === undefined ? [] : [`  body: JSON.stringify(${indent(JSON.stringify(body, undefined, 2))}),`]),
    '});',
    'console.log(response.status, await response.json());',
  ].join('\n');
}

/** The call with an unmodified Discord client, which only gets another base address. */
export function toDiscordJs({ method, path, body }: Call, baseUrl: string): string {
  const [base = '', rest = ''] = path.split('/api/v10');
  const [route = '', query] = rest.split('?');
  const parts = [
    ...(query === undefined ? [] : [`query: new URLSearchParams(${literal(query)})`]),
    ...(body === undefined ? [] : [`body: ${indent(JSON.stringify(body, undefined, 2))}`]),
  ];
  return [
    `import { REST } from '@discordjs/rest';`,
    '',
    `const rest = new REST({ api: ${literal(`${baseUrl}${base}/api`)}, authPrefix: 'Bearer' }).setToken(process.env.API_KEY);`,
    `console.log(await rest.${method.toLowerCase()}(${literal(route)}${parts.length === 0 ? '' : `, { ${parts.join(', ')} }`}));`,
  ].join('\n');
}

/** Between single quotes a shell changes nothing. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
