import { SCOPE_WORDS } from './end-user-words.ts';
import { escapeHtml, renderList } from './page.ts';

/** What an app can do with these scopes, as a list in plain words. A scope that has none is shown by its name. */
export function renderScopes(scopes: readonly string[]): string {
  return renderList(
    scopes.map((scope) => {
      const words = Object.hasOwn(SCOPE_WORDS, scope) ? SCOPE_WORDS[scope] : undefined;
      return words === undefined ? `<code>${escapeHtml(scope)}</code>` : escapeHtml(words);
    }),
  );
}
