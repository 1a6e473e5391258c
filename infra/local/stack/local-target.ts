import { ENV } from '../../../shared/env.ts';
import type { OperatorTarget } from '../../operator/operator-edges.ts';

/** Variables that a function with every right would have from the template. */
export const LOCAL_ENV: readonly string[] = Object.values(ENV).filter((name) => name !== ENV.taskRoot);

/** Where a running local stack is. */
export interface LocalTarget {
  /** The functions' own variables, all of them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Endpoint variables and credentials of the local AWS servers. */
  readonly awsEnvironment: Readonly<Record<string, string>>;
  readonly operator: OperatorTarget;
}
