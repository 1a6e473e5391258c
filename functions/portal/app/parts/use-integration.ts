import { useCallback, useState } from 'preact/hooks';
import { call, ProblemError } from '../api.ts';
import type { Integration } from '../wire.ts';
import { useLoad, type Loaded } from './use-load.ts';

/** The settings with the version that was read, and a way to save over exactly that version. */
export interface KeptIntegration extends Loaded<Integration> {
  /** Saves some settings; the others stay. @returns what is stored now, with the checks at Discord */
  readonly save: (change: Readonly<Record<string, unknown>>) => Promise<Integration>;
}

export function useIntegration(): KeptIntegration {
  const loaded = useLoad(async (signal) => (await call<Integration>('GET', '/integration', { signal })).data, []);
  // The answer to a save is newer than what was read: the next save goes over it, and nothing has to be read again.
  const [saved, setSaved] = useState<Integration>();
  const isSavedNewer = saved !== undefined && saved.version >= (loaded.data?.version ?? 0);
  const data = isSavedNewer ? saved : loaded.data;
  const version = data?.version ?? 0;
  const save = useCallback(
    async (change: Readonly<Record<string, unknown>>) => {
      const answer = await call<Integration>('PUT', '/integration', {
        body: change,
        headers: { 'if-match': `"${version}"` },
      });
      setSaved(answer.data);
      return answer.data;
    },
    [version],
  );
  return { ...loaded, data, save };
}

/** Whether a save was refused because somebody else had saved since these settings were read. */
export function isConflict(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'settings_changed_meanwhile';
}
