import type { AwsFaults } from './aws-faults.ts';
import type { AwsRequestLog } from './aws-request-log.ts';
import type { AwsAnswer, AwsRequest, AwsServiceName } from './aws-service.ts';

/** Where another process plants faults and reads counts. AWS itself has no path but `/`. */
export const CONTROL_PREFIX = '/_control/';

/**
 * Answers a control request: `POST /_control/faults` plants one (JSON as for `faults.add`; `service` is this server's
 * unless named), `GET` lists the unused, `DELETE` clears; `GET /_control/requests` gives the counts, `DELETE` clears them.
 * A POST must be `application/json`, which a web page of another origin cannot send unasked.
 */
export function answerControlRequest(
  request: AwsRequest,
  service: AwsServiceName,
  faults: AwsFaults,
  requests: AwsRequestLog,
): AwsAnswer {
  switch (`${request.method} ${request.url}`) {
    case `POST ${CONTROL_PREFIX}faults`:
      return plant(request, service, faults);
    case `GET ${CONTROL_PREFIX}faults`:
      return toAnswer(200, faults.unused());
    case `DELETE ${CONTROL_PREFIX}faults`:
      faults.clear();
      return toAnswer(200, {});
    case `GET ${CONTROL_PREFIX}requests`:
      return toAnswer(200, requests.counts());
    case `DELETE ${CONTROL_PREFIX}requests`:
      requests.clear();
      return toAnswer(200, {});
    default:
      return toAnswer(404, { error: 'no such control route' });
  }
}

function plant(request: AwsRequest, service: AwsServiceName, faults: AwsFaults): AwsAnswer {
  if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/json') {
    return toAnswer(415, { error: 'send application/json' });
  }
  try {
    const fault: unknown = JSON.parse(request.body.toString());
    if (typeof fault !== 'object' || fault === null) throw new Error('bad fault: send a JSON object');
    // `add` checks every member.
    faults.add({ service, ...fault });
    return toAnswer(201, {});
  } catch (error) {
    return toAnswer(400, { error: error instanceof Error ? error.message : 'bad fault' });
  }
}

function toAnswer(status: number, value: unknown): AwsAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
