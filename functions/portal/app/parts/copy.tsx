import { useEffect, useState } from 'preact/hooks';
import { WORDS } from '../words.ts';

/** Milliseconds that a button says that it has copied. */
const SAID_MS = 2_000;

/** A text to take along, with a button that copies it. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div class="copy">
      <code>{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}

/** @param label - what is copied, for who does not see what stands beside */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setSaid(WORDS.copied),
      () => setSaid(WORDS.copyYourself),
    );
  };
  return (
    <>
      <button type="button" class="secondary small" aria-label={`${WORDS.copy}: ${label}`} onClick={copy}>
        {said ?? WORDS.copy}
      </button>
      <span class="hidden" role="status">
        {said}
      </span>
    </>
  );
}
