import type { ActionDefinition } from '../catalogue/action.ts';
import type { AttachedFile } from '../discord/build-multipart.ts';

/** One checked call of a catalogue action. */
export interface ActionCall {
  readonly action: ActionDefinition;
  /** Checked, by name. */
  readonly pathParameters: ReadonlyMap<string, string>;
  /** Checked. */
  readonly query: URLSearchParams;
  /** Path and query at Discord, built from the catalogue's template. */
  readonly discordPath: string;
  readonly body: ActionCallBody;
  /** As Discord takes it: encoded. */
  readonly auditLogReason?: string;
  readonly idempotencyKey?: string;
  /** Only to be decided, not to be made. */
  readonly isDryRun: boolean;
}

/** A body that the action's schema has accepted. */
export interface ActionCallBody {
  /** For decisions only; what goes to Discord is `text`. */
  readonly json: unknown;
  /** The JSON as sent; absent when there was none. */
  readonly text: string | undefined;
  readonly files: readonly AttachedFile[];
}
