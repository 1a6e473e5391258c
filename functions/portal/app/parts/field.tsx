import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { ProblemError } from '../api.ts';

/** What a field's control needs so that label, hint and fault belong to it. */
export interface FieldProps {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

/** A labelled control with a hint, and what the gateway found wrong with it. */
export function Field(props: {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** Of the last save. */
  readonly error?: unknown;
  /** JSON Pointer of the field in the body. */
  readonly pointer?: string;
  /** What the page itself found wrong with it. */
  readonly fault?: string | undefined;
  readonly children: (control: FieldProps) => JSX.Element;
}) {
  const id = useId();
  const fault = props.fault ?? findFault(props.error, props.pointer);
  const described = [
    ...(props.hint === undefined ? [] : [`${id}-hint`]),
    ...(fault === undefined ? [] : [`${id}-fault`]),
  ];
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.children({
        id,
        ...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') }),
        ...(fault === undefined ? {} : { 'aria-invalid': 'true' as const }),
      })}
      {fault !== undefined && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {props.hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

/** What a failed save says about one field. */
export function findFault(error: unknown, pointer: string | undefined): string | undefined {
  if (pointer === undefined || !(error instanceof ProblemError)) return undefined;
  const found = error.problem.errors?.filter((fault) => (fault.pointer ?? '').startsWith(pointer)) ?? [];
  return found.length === 0 ? undefined : found.map((fault) => fault.detail).join(' ');
}

/** What a refused request says about one of its parameters. */
export function findParameterFault(error: unknown, parameter: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.problem.errors?.find((fault) => fault.parameter === parameter)?.detail;
}
