/**
 * Every metric of ours, for the functions (which count) and infra (whose alarms and dashboard read them). A family is part of
 * the name and the deployment is the one dimension: each further combination would be billed as a metric of its own, and an
 * alarm cannot add up dimensions that it does not know.
 */
export const METRIC_NAMESPACE = 'DiscordIntegration';

/** The one dimension; its value is the name of the deployment (`DEPLOYMENT_NAME`). The name is that of Powertools. */
export const DEPLOYMENT_DIMENSION = 'service';

/**
 * Failed requests by their problem code: the one metric with a second dimension. Each code is billed as a metric of its own in the
 * hours in which it occurs, and as none in all others. Alarms look at the families, which have no second dimension.
 */
export const FAILURES = { name: 'Failures', codeDimension: 'code' } as const;

/** How a request ended: well, or with a failure of which family. In the order in which the dashboard stacks them. */
export const OUTCOMES = ['ok', 'input', 'caller', 'connection', 'discord', 'operator', 'outage', 'bug'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Answered requests by how they ended. */
export type RequestCount = `Requests${Capitalize<Outcome>}`;
export function toRequestCount(outcome: Outcome): RequestCount {
  return `Requests${capitalize(outcome)}`;
}

/** Token refreshes by how they ended: the log says why one failed. */
export const REFRESH_COUNT = {
  ok: 'RefreshesOk',
  /** The user has to connect again, or another request was first. */
  connection: 'RefreshesEnded',
  /** Discord, the operator's credentials or an AWS service: no fault of user or token. */
  other: 'RefreshesFailed',
  /** Not even tried: the client secret is known to be refused, or everyone is catching up after that. */
  held: 'RefreshesHeld',
} as const;
export type RefreshCount = (typeof REFRESH_COUNT)[keyof typeof REFRESH_COUNT];
export function toRefreshCount(outcome: Outcome): RefreshCount {
  return outcome === 'ok' || outcome === 'connection' ? REFRESH_COUNT[outcome] : REFRESH_COUNT.other;
}

/** Things that somebody may have to look after, counted where they happen, whatever the request answered. */
export const COUNT = {
  /** A connection stopped working until its user connects again. */
  reconnectRequired: 'ReconnectRequired',
  /** Disconnected here, not yet at Discord. */
  revocationOwed: 'RevocationOwed',
  /** A new token pair that could not be stored anywhere: that user has to connect again. */
  rotatedTokensUnsaved: 'RotatedTokensUnsaved',
  /** A new token pair that the table did not take and that waits in Secrets Manager for the connection's next call. */
  rotatedTokensSpilled: 'RotatedTokensSpilled',
  /** The answer of an exchange could not be kept in its session. */
  tokenAnswerUnkept: 'TokenAnswerUnkept',
  /** Tokens that nobody stores and that Discord did not take back. */
  unwantedTokensNotRevoked: 'UnwantedTokensNotRevoked',
  /** Discord refused client id and secret, also after they were read anew. */
  operatorCredentialsRejected: 'OperatorCredentialsRejected',
  storageUnavailable: 'StorageUnavailable',
  keyServiceUnavailable: 'KeyServiceUnavailable',
  secretUnavailable: 'SecretUnavailable',
  /** Stored tokens do not open with their key. */
  sealedDataUnreadable: 'SealedDataUnreadable',
  /** AWS refused a function: a policy, or a key that is disabled or about to be deleted. Counted besides the above. */
  awsAccessDenied: 'AwsAccessDenied',
  /** An event that stands in the log only: the table did not take its record. */
  auditUnwritten: 'AuditUnwritten',
  /** A sweep ended with work left whose time had come. */
  sweepBehind: 'SweepBehind',
  discordRateLimited: 'DiscordRateLimited',
  /** A server error, half an answer, or none in time; the log says which. */
  discordUnavailable: 'DiscordUnavailable',
} as const;

export type CountName = RequestCount | RefreshCount | (typeof COUNT)[keyof typeof COUNT];

/** Milliseconds until Discord has answered whole: an action or a look at who it is, and the token endpoint. */
export const LATENCY = { api: 'DiscordApiLatency', oauth: 'DiscordOauthLatency' } as const;
export type LatencyName = (typeof LATENCY)[keyof typeof LATENCY];

function capitalize<T extends string>(text: T): Capitalize<T> {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}` as Capitalize<T>;
}
