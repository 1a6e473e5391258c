import type { Check, CheckState } from '../wire.ts';
import { Badge, type Tone } from './badge.tsx';
import { Copy } from './copy.tsx';

export const CHECK_TONES: Readonly<Record<CheckState, Tone>> = {
  ok: 'good',
  warning: 'warn',
  failed: 'bad',
  unknown: 'plain',
};

export const CHECK_WORDS: Readonly<Record<CheckState, string>> = {
  ok: 'right',
  warning: 'mind this',
  failed: 'to do',
  unknown: 'not known yet',
};

/** One check of the set-up: what was found, and how to mend it. */
export function CheckView({ check }: { readonly check: Check }) {
  const { state, title, detail, mend } = check;
  return (
    <div class="check">
      <p>
        <Badge tone={CHECK_TONES[state]}>{CHECK_WORDS[state]}</Badge> <strong>{title}</strong>
      </p>
      <p class="hint">{detail}</p>
      {mend !== undefined && state !== 'ok' && (
        <>
          <p>
            {mend.text}{' '}
            {mend.url !== undefined && (
              <a href={mend.url} target="_blank" rel="noreferrer">
                Open the page at Discord
              </a>
            )}
          </p>
          {mend.copy !== undefined && <Copy text={mend.copy} label={title} />}
        </>
      )}
    </div>
  );
}

/** The worst of some checks: what a step of the set-up says of itself. */
export function worstState(checks: readonly Check[]): CheckState | undefined {
  return (['failed', 'warning', 'unknown', 'ok'] as const).find((state) =>
    checks.some((check) => check.state === state),
  );
}
