import type { InputError } from './failure.ts';

/** One fault as a sentence. */
export function describeInputError(error: InputError): string {
  // The pointer to the whole document is the empty text (RFC 6901 §5).
  const place = error.parameter ?? (error.pointer === '' ? undefined : error.pointer);
  return `${place ?? 'body'}: ${error.detail}${error.detail.endsWith('.') ? '' : '.'}`;
}
