import type { Failure } from '../problems/failure.ts';
import { PROBLEM_TEXTS } from '../problems/problem-texts.ts';
import { FAILURE_WORDS, FAULT_WORDS, REFERENCE_LABEL } from './end-user-words.ts';
import type { PageContent } from './page.ts';

/** On which page something failed: on the way to a connection, or on that of one's own connection. */
export type FailedPage = 'connecting' | 'own_connection';

/** What an end user is told of a failure. Of its facts only the reason is looked at. */
export function buildFailurePage(failure: Failure, requestId: string, on: FailedPage = 'connecting'): PageContent {
  const facts = { [REFERENCE_LABEL]: requestId };
  const words = FAILURE_WORDS[failure.reason];
  if (words !== undefined) return { title: words.title, paragraphs: [words.advice], facts };
  if (on === 'own_connection') {
    const { title, advice } = FAULT_WORDS.ownConnection;
    return { title, paragraphs: [advice], facts };
  }
  const { title, later, never } = FAULT_WORDS.connecting;
  return { title, paragraphs: [PROBLEM_TEXTS[failure.reason].status >= 502 ? later : never], facts };
}
