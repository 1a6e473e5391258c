import { toErrorAnswer, toJsonAnswer } from '../aws-error.ts';
import type { FindRefusal } from '../aws-json-server.ts';
import type { AwsAnswer, AwsServiceName } from '../aws-service.ts';
import { readAccessKeyId } from './authorize.ts';
import type { Authorize } from './authorize.ts';

/** The check in front of the services: open until somebody says what is allowed. */
export interface Enforcement {
  readonly enforce: (authorize: Authorize, onDenied?: (denial: string) => void) => void;
  readonly denials: readonly string[];
  readonly findRefusal: FindRefusal;
}

/** Starts without a check. */
export function buildEnforcement(): Enforcement {
  const denials: string[] = [];
  let check: { authorize: Authorize; onDenied: ((denial: string) => void) | undefined } | undefined;

  return {
    denials,
    enforce(authorize, onDenied) {
      check = { authorize, onDenied };
    },
    findRefusal(service, operation, request) {
      if (check === undefined) return undefined;
      const accessKeyId = readAccessKeyId(request);
      if (accessKeyId === undefined) return toErrorAnswer(service, 'MissingAuthenticationTokenException');
      const decision = check.authorize(accessKeyId, service, operation, request);
      if (decision.isAllowed) return undefined;
      if (decision.denial !== undefined) {
        denials.push(decision.denial);
        check.onDenied?.(decision.denial);
      }
      return toRefusal(service, decision.code, decision.message);
    },
  };
}

/** AWS's front, which asks IAM, writes `Message` with a capital letter, whatever the service behind it does (seen on the wire). */
function toRefusal(service: AwsServiceName, code: string, message: string): AwsAnswer {
  const answer = toErrorAnswer(service, code, message);
  if (code !== 'AccessDeniedException') return answer;
  const { __type: type } = JSON.parse(answer.body) as { __type: string };
  return toJsonAnswer(service, answer.status, { __type: type, Message: message });
}
