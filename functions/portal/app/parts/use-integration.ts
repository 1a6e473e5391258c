import { useCallback } from 'preact/hooks';
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
  const { data, reload } = loaded;
  const save = useCallback(
    async (change: Readonly<Record<string, unknown>>) => {
      const saved = await call<Integration>('PUT', '/integration', {
        body: change,
        headers: { 'if-match': `"${data?.version ?? 0}"` },
      });
      reload();
      return saved.data;
    },
    [data?.version, reload],
  );
  return { ...loaded, save };
}

/** Whether a save was refused because somebody else had saved since these settings were read. */
export function isConflict(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'settings_changed_meanwhile';
}
