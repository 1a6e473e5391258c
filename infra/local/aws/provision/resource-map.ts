import * as z from 'zod/mini';
import { openStateFile } from '../state-file.ts';

const entrySchema = z.strictObject({
  /** CloudFormation type. */
  type: z.string(),
  /** Table name, key id or secret ARN. */
  physicalId: z.string(),
});

/** Which resource of a template is which resource of the local servers. */
export interface ResourceMap {
  /** @throws Error when the logical id stood for another type before */
  find(logicalId: string, type: string): string | undefined;
  record(logicalId: string, type: string, physicalId: string): void;
}

/** Opens the map. @param filePath - absent: in memory */
export function openResourceMap(filePath: string | undefined): ResourceMap {
  const state = openStateFile(filePath, (value) => z.record(z.string(), entrySchema).parse(value), {});

  return {
    find(logicalId, type) {
      const entry = Object.hasOwn(state.value, logicalId) ? state.value[logicalId] : undefined;
      if (entry !== undefined && entry.type !== type) {
        throw new Error(`${logicalId} is a ${type} in the template, but the local state has it as ${entry.type}`);
      }
      return entry?.physicalId;
    },
    record(logicalId, type, physicalId) {
      if (state.value[logicalId]?.physicalId === physicalId) return;
      state.value[logicalId] = { type, physicalId };
      state.save();
    },
  };
}
