import type { AwsRequest, AwsServiceName } from '../aws-service.ts';

/** Whether a request may go on. A denial is an AWS error by name, worded as AWS does; it holds no value of the request. */
export type Decision =
  | { readonly isAllowed: true }
  | {
      readonly isAllowed: false;
      readonly code: string;
      readonly message: string;
      /** What a policy denied, for the log; absent when it was not for a policy to decide. */
      readonly denial?: string;
    };

/**
 * Decides about one request before the service sees it.
 * @param operation - AWS's name, for example `GetItem`
 */
export type Authorize = (
  accessKeyId: string,
  service: AwsServiceName,
  operation: string,
  request: AwsRequest,
) => Decision;

/** Reads the access key id of a SigV4 header; `undefined` when the request is not signed in a header. */
export function readAccessKeyId(request: AwsRequest): string | undefined {
  return /^AWS4-HMAC-SHA256 (?:[^ ]+,\s*)*Credential=([^/, ]+)\//.exec(request.headers.authorization ?? '')?.[1];
}
