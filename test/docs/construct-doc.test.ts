import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readInterface, type InterfaceMember } from './read-interface.ts';

const page = readFileSync('docs/construct.md', 'utf8');

/** Sections of the page with a table, and where what they list is declared. */
const TABLES: readonly (readonly [heading: string, filePath: string, interfaceName: string])[] = [
  ['Props', 'infra/constructs/discord-integration-props.ts', 'DiscordIntegrationProps'],
  ['storage', 'infra/constructs/storage.ts', 'BroughtStorage'],
  ['domain', 'infra/constructs/http-api.ts', 'GatewayDomain'],
  ['throttle', 'infra/constructs/http-api.ts', 'GatewayThrottle'],
  ['What it gives', 'infra/constructs/add-integration.ts', 'IntegrationParts'],
];

function sectionOf(heading: string): string {
  const [, section] = new RegExp(`^#+ \`?${heading}\`?\\n([^]*?)(?=^#|(?![^]))`, 'm').exec(page) ?? [];
  if (section === undefined) throw new Error(`docs/construct.md has no heading ${heading}`);
  return section;
}

/** One row each: name, type, and what TSDoc says. CDK writes `value - reason` after `@default`, `- reason` without a value. */
function toRow({ name, type, summary, defaultText }: InterfaceMember): string {
  const [value = '', ...reason] = defaultText.split(/(?:^|\s)- /);
  const shown = [value === '' ? '' : `\`${value}\``, reason.join(' - ')].filter(Boolean).join(': ');
  const cells = [`\`${name}\``, `\`${type.replaceAll('|', '\\|')}\``, summary, ...(defaultText === '' ? [] : [shown])];
  return `| ${cells.join(' | ')} |`;
}

describe('docs/construct.md', () => {
  it.each(TABLES)('says in the table of %s what the source says', (heading, filePath, interfaceName) => {
    const rows = sectionOf(heading)
      .split('\n')
      .filter((line) => line.startsWith('| `'));

    expect(rows).toEqual(readInterface(filePath, interfaceName).map(toRow));
  });

  it('names a default for everything that may be left out of the props', () => {
    for (const member of readInterface('infra/constructs/discord-integration-props.ts', 'DiscordIntegrationProps')) {
      expect(member).toMatchObject({ isOptional: true, defaultText: expect.stringMatching(/\S/) });
    }
  });
});
