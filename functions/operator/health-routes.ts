import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';

/** Routes about health. */
export function healthRoutes(_deps: OperatorAuthDeps): Readonly<Record<string, Route>> {
  return {};
}
