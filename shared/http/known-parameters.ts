import type { InputError } from '../problems/failure.ts';

/** Finds query parameters that are not known or stand there more than once. A caller's typing error must not go unnoticed. */
export function findParameterFaults(query: URLSearchParams, known: readonly string[]): InputError[] {
  return [...new Set(query.keys())].flatMap((name) => {
    if (!known.includes(name)) {
      const detail =
        known.length === 0 ? 'is not known; there are none here' : `is not known; known are ${known.join(', ')}`;
      return [{ parameter: name.slice(0, 64), detail }];
    }
    return query.getAll(name).length > 1 ? [{ parameter: name, detail: 'stands there more than once' }] : [];
  });
}
