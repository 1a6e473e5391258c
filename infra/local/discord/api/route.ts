import type { Answer } from '../answer.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import type { Simulation } from '../simulation.ts';
import type { ApplicationRecord, TokenRecord } from '../state/records.ts';
import type { WorldUser } from '../world/world.ts';

/** Who makes an API request, after its Authorization header was checked. */
export type Credential =
  | {
      readonly kind: 'bearer';
      readonly tokens: TokenRecord;
      readonly application: ApplicationRecord;
      readonly user: WorldUser;
    }
  | { readonly kind: 'bot'; readonly application: ApplicationRecord }
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid' };

/** One API request on its way into a route. */
export interface ApiCall {
  readonly simulation: Simulation;
  readonly request: IncomingRequest;
  readonly credential: Credential;
  /** Path parameters by name, decoded; those that end in `_id` are snowflakes. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * One row of the route table. Adding a Discord route is adding a row. Of two rows that match the same path the earlier
 * wins, so literal paths (`…/@me`) stand before those with a parameter in that place.
 */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v10`, with `{name}` for each parameter. */
  readonly path: string;
  /** True where Discord also documents the path without a version. */
  readonly isUnversioned?: true;
  /** Which credentials open it; `none` also lets a request in that authenticates by other means (client secret, webhook token). */
  readonly credentials: readonly ('bearer' | 'bot' | 'none')[];
  /** True where a bot token is refused as if it were unknown, not as the wrong kind. */
  readonly isBotUnknown?: true;
  /** Scope that a bearer needs; absent means any. */
  readonly scope?: string;
  /** Routes with one bucket name share a count. */
  readonly bucket: string;
  /** Set where Discord takes `X-Audit-Log-Reason`: its operation id, under which a success is noted in the audit log. */
  readonly auditAction?: string;
  /** The parameter by which the bucket is counted separately. */
  readonly majorParameter?: string;
  handle(call: ApiCall): Answer;
}
