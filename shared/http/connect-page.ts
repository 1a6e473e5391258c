import { CONNECT_WORDS as WORDS } from './end-user-words.ts';
import { escapeHtml, type PageContent } from './page.ts';
import { renderScopes } from './scope-list.ts';

/**
 * Who asks, and for what, before Discord asks the same. For whom the app has made the link is not said: it may be open in somebody
 * else's browser.
 * @param scopes - as they will be sent to Discord
 * @param goHref - where the link to Discord leads
 */
export function buildConnectPage(scopes: readonly string[], goHref: string): PageContent {
  return {
    title: WORDS.title,
    paragraphs: [WORDS.asks],
    html: `${renderScopes(scopes)}
<p class="after">${escapeHtml(WORDS.next)}</p>
<div class="buttons"><a class="button act" href="${escapeHtml(goHref)}">${escapeHtml(WORDS.go)}</a></div>
<p class="fact">${escapeHtml(WORDS.unwanted)}</p>`,
  };
}
