import type { InputHTMLAttributes } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Field } from './field.tsx';

/**
 * A field whose text counts once it is entered: with the Enter key, or when the field is left. Until then it stays what was typed,
 * whatever else changes on the page; a half-typed id or date is never asked for.
 */
export function EntryField(props: {
  readonly label: string;
  readonly value: string;
  readonly onEnter: (value: string) => void;
  /** What was found wrong with what was entered. */
  readonly fault?: string | undefined;
  readonly input?: InputHTMLAttributes;
}) {
  const { label, value, onEnter, fault, input } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const enter = (): void => {
    const entered = text.trim();
    if (entered !== value) onEnter(entered);
  };
  return (
    <Field label={label} fault={fault}>
      {(control) => (
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          {...input}
          {...control}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={enter}
          onKeyDown={(event) => {
            if (event.key === 'Enter') enter();
          }}
        />
      )}
    </Field>
  );
}
