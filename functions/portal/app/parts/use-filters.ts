import { useLocation, useRoute } from 'preact-iso';
import { useCallback } from 'preact/hooks';
import { toQuery } from '../api.ts';

/** Filters that live in the address, so that a page can be linked to and the back button works. */
export function useFilters<Name extends string>(
  names: readonly Name[],
): readonly [Readonly<Record<Name, string>>, (change: Partial<Record<Name, string>>) => void] {
  const { path, route } = useLocation();
  const { query } = useRoute();
  const filters = Object.fromEntries(names.map((name) => [name, query[name] ?? ''])) as Record<Name, string>;
  const set = useCallback(
    (change: Partial<Record<Name, string>>) => route(`${path}${toQuery({ ...filters, ...change })}`),
    [path, route, JSON.stringify(filters)],
  );
  return [filters, set];
}
