import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toActionsMarkdown } from '../../shared/catalogue/to-markdown.ts';
import { countCases } from '../actions/plan-checks.ts';
import { toProblemsMarkdown } from '../../shared/problems/to-markdown.ts';

/** After a change of the sources: `npx vitest run test/docs -u`, and commit what it wrote. */
describe('the generated documents', () => {
  it('list every action as the catalogue has it', async () => {
    await expect(toActionsMarkdown(catalogue, countCases)).toMatchFileSnapshot('../../docs/generated/actions.md');
  });

  it('list every problem code with its text', async () => {
    await expect(toProblemsMarkdown()).toMatchFileSnapshot('../../docs/generated/problems.md');
  });

  it('link only to sections that are there', () => {
    const pages: Readonly<Record<string, string>> = {
      'actions.md': toActionsMarkdown(catalogue, countCases),
      'problems.md': toProblemsMarkdown(),
    };
    const anchorsOf = (text: string) =>
      [...text.matchAll(/^## `(.+)`$/gm)].map((match) => (match[1] ?? '').replaceAll('.', ''));
    for (const [name, text] of Object.entries(pages)) {
      const links = [...text.matchAll(/\]\(([a-z]*\.?[a-z]*)#([a-z_]+)\)/g)].filter(([, file]) => !file?.includes('/'));

      expect(links.length).toBeGreaterThan(3);
      for (const [, file, anchor] of links) {
        expect(anchorsOf(pages[file === '' || file === undefined ? name : file] ?? '')).toContain(anchor);
      }
    }
  });
});
