import { useLocation, useRoute } from 'preact-iso';
import { useCallback } from 'preact/hooks';
import { toQuery } from '../api.ts';

/** Sets some filters. @param isDetail - a matter of looks: the way back does not stop at it */
type SetFilters<Name extends string> = (change: Partial<Record<Name, string>>, isDetail?: boolean) => void;

/** Filters that live in the address, so that a page can be linked to and the back button works. */
export function useFilters<Name extends string>(
  names: readonly Name[],
): readonly [Readonly<Record<Name, string>>, SetFilters<Name>] {
  const { path, route } = useLocation();
  const { query } = useRoute();
  const filters = Object.fromEntries(names.map((name) => [name, query[name] ?? ''])) as Record<Name, string>;
  const set = useCallback(
    (change: Partial<Record<Name, string>>, isDetail = false) =>
      route(`${path}${toQuery({ ...filters, ...change })}`, isDetail),
    [path, route, JSON.stringify(filters)],
  );
  return [filters, set];
}
