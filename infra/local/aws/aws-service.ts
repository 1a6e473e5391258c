import type { IncomingHttpHeaders } from 'node:http';

/** The services that run locally, spelled as in the keys of `AwsServers.endpoints`. */
export const AWS_SERVICE_NAMES = ['cloudwatch', 'dynamodb', 'kms', 'secretsManager'] as const;

export type AwsServiceName = (typeof AWS_SERVICE_NAMES)[number];

/** One request as it came over the wire, its body read to the end. */
export interface AwsRequest {
  method: string;
  /** Path and query, as on the request line. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One answer, ready to be sent. Header names are lower case. */
export interface AwsAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a service is to the server in front of it, which does HTTP, faults and the request log. */
export interface AwsService {
  name: AwsServiceName;
  /** Answers one request, AWS errors included. Rejects only for a bug of ours. */
  answer(request: AwsRequest): Promise<AwsAnswer>;
  /** Answers a batch read in part, as DynamoDB may under load. @param match - only keys whose JSON contains it are left out */
  answerPartly?(request: AwsRequest, match: string | undefined): Promise<AwsAnswer>;
  /** Writes out what is open. No request may follow. */
  close(): Promise<void>;
}

/** Reads the operation out of `X-Amz-Target: <service>.<operation>`; `unknown` when there is none. */
export function parseOperation(request: AwsRequest): string {
  const target = request.headers['x-amz-target'];
  const operation = typeof target === 'string' ? target.split('.')[1] : undefined;
  return operation === undefined || !/^[A-Za-z]{1,64}$/.test(operation) ? 'unknown' : operation;
}
