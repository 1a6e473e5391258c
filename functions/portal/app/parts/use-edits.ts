import { useCallback, useState } from 'preact/hooks';

/** A form over what is stored: what was not touched follows the store, also when somebody else changes it. */
export interface Edits<T extends object> {
  readonly values: T;
  /** Only what was touched since the last save: this is what is saved, so that two people who change different things are not in each other's way. */
  readonly touched: Partial<T>;
  readonly edit: (change: Partial<T>) => void;
  readonly clear: () => void;
}

export function useEdits<T extends object>(stored: T): Edits<T> {
  const [touched, setTouched] = useState<Partial<T>>({});
  const edit = useCallback((change: Partial<T>) => setTouched((before) => ({ ...before, ...change })), []);
  const clear = useCallback(() => setTouched({}), []);
  return { values: { ...stored, ...touched }, touched, edit, clear };
}

/** Whether nothing was entered since the last save. */
export function isUntouched(touched: object): boolean {
  return Object.keys(touched).length === 0;
}

/** One entry a line. */
export function toLines(entries: readonly string[]): string {
  return entries.join('\n');
}

export function splitLines(text: string): string[] {
  return text.split(/\s+/).filter((entry) => entry !== '');
}
