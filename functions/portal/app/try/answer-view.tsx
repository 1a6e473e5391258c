import { Badge } from '../parts/badge.tsx';
import { CopyButton } from '../parts/copy.tsx';
import { MENDERS } from '../parts/mender-words.ts';
import type { Answer } from './run-call.ts';

/** What came back: status, time, limits, and the body as it is. */
export function AnswerView({ answer }: { readonly answer: Answer | undefined }) {
  return (
    <div role="status">
      {answer !== undefined && (
        <section aria-labelledby="answer">
          <h2 id="answer">Answer</h2>
          <p>
            <Badge tone={answer.status < 400 ? 'good' : 'bad'}>{`${answer.status}`}</Badge> in {answer.tookMs} ms
            {answer.requestId !== null && (
              <span class="quiet">
                {' '}
                · request <code class="break">{answer.requestId}</code>
              </span>
            )}
          </p>
          <Problems text={answer.text} />
          {answer.limits.length > 0 && (
            <details>
              <summary>Rate limits</summary>
              <dl class="facts">
                {answer.limits.map(([name, value]) => [
                  <dt key={name}>{name}</dt>,
                  <dd key={`${name} value`}>{value}</dd>,
                ])}
              </dl>
            </details>
          )}
          {answer.text === '' ? (
            <p>There is no body.</p>
          ) : (
            <>
              <pre tabIndex={0} aria-label="Body of the answer">
                <code>{answer.text}</code>
              </pre>
              {answer.isClipped && <p>Only the beginning is shown.</p>}
              <CopyButton text={answer.text} label="the answer" />
            </>
          )}
        </section>
      )}
    </div>
  );
}

interface Told {
  readonly title?: string;
  readonly detail?: string;
  readonly would_work?: boolean;
  readonly problems?: readonly {
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    readonly mended_by: string;
  }[];
}

/** A problem or a decision in words, above the JSON that says the same. */
function Problems({ text }: { readonly text: string }) {
  const told = parse(text);
  if (told?.would_work !== undefined) {
    return told.would_work ? (
      <p class="notice good">It would work.</p>
    ) : (
      <div class="notice failed">
        <strong>It would not work.</strong>
        <ul>
          {told.problems?.map((problem) => (
            <li key={problem.code}>
              {problem.title}: {problem.detail}{' '}
              <span class="quiet">Can be mended by: {MENDERS[problem.mended_by]}.</span>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  if (told?.title === undefined || told.detail === undefined) return null;
  return (
    <div class="notice failed">
      <strong>{told.title}</strong>
      <p>{told.detail}</p>
    </div>
  );
}

function parse(text: string): Told | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
