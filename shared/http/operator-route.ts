import type { Failure } from '../problems/failure.ts';
import type { Result } from '../result.ts';
import { authenticateOperator, type OperatorAuthDeps } from './authenticate-operator.ts';
import type { Route } from './http-handler.ts';
import type { Operator } from './operator.ts';
import type { HttpRequest } from './request.ts';
import type { HttpResponse } from './respond.ts';

export type { Operator } from './operator.ts';

export type OperatorRun = (request: HttpRequest, operator: Operator) => Promise<Result<HttpResponse, Failure>>;

/** A route that only an operator may use: problems as JSON, whoever else asks is refused before anything is read. */
export function operatorRoute(deps: OperatorAuthDeps, run: OperatorRun): Route {
  return {
    failureStyle: 'problem',
    run: async (request) => {
      const operator = await authenticateOperator(deps, request);
      return operator.ok ? run(request, operator.value) : operator;
    },
  };
}
