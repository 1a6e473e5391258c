import { PROBLEM_TEXTS } from '../problems/problem-texts.ts';
import { renderPage } from './page.ts';

/** The page that a problem's `type` opens: what happened and what to do. @returns nothing for an unknown code */
export function renderProblemPage(code: string): string | undefined {
  const text = Object.hasOwn(PROBLEM_TEXTS, code) ? PROBLEM_TEXTS[code as keyof typeof PROBLEM_TEXTS] : undefined;
  if (text === undefined) return undefined;
  return renderPage({
    title: text.title,
    paragraphs: [text.advice],
    facts: { 'Problem code': code, 'HTTP status': String(text.status) },
  });
}
