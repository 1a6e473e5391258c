import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Badge } from '../parts/badge.tsx';
import { CHECK_TONES, CHECK_WORDS, CheckView, worstState } from '../parts/check-list.tsx';
import type { Check } from '../wire.ts';

/** One step of the set-up: what to do, and what the checks say about it. */
export function Step(props: {
  readonly number: number;
  readonly title: string;
  /** Of this step; those that are not right are shown below it. */
  readonly checks: readonly Check[];
  readonly children: ComponentChildren;
}) {
  const headingId = useId();
  const state = worstState(props.checks);
  const open = props.checks.filter((check) => check.state !== 'ok');
  return (
    <li class="step">
      <section aria-labelledby={headingId}>
        <div class="step-head">
          <h2 id={headingId}>{`${props.number}. ${props.title}`}</h2>
          {state !== undefined && (
            <Badge tone={CHECK_TONES[state]}>{state === 'ok' ? 'done' : CHECK_WORDS[state]}</Badge>
          )}
        </div>
        {props.children}
        {open.map((check) => (
          <CheckView key={check.id} check={check} />
        ))}
      </section>
    </li>
  );
}
