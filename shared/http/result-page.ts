import { RESULT_WORDS as WORDS } from './end-user-words.ts';
import type { PageContent } from './page.ts';

/** The user is connected, but his connection cannot be shown. */
export function buildConnectedUnseenPage(): PageContent {
  return { title: WORDS.connectedTitle, paragraphs: [WORDS.unseen] };
}

/**
 * The user is back from Discord without a connection.
 * @param error - as Discord says it (RFC 6749 §4.1.2.1)
 */
export function buildNotConnectedPage(error: string): PageContent {
  return { title: WORDS.notConnectedTitle, paragraphs: [error === 'access_denied' ? WORDS.refused : WORDS.failed] };
}
