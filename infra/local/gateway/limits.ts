/**
 * Limits of API Gateway HTTP APIs and of Lambda that a caller can meet.
 * @see API Gateway Developer Guide, "Quotas for configuring and running an HTTP API" · Lambda Developer Guide, "Lambda quotas"
 */

/** Bytes of request line plus header values, together. */
export const MAX_REQUEST_HEAD_BYTES = 10_240;

/** Bytes of a request body ("Payload size: 10 MB"). */
export const MAX_REQUEST_BODY_BYTES = 10 * 1024 * 1024;

/** Bytes of an invocation's event, and of its answer, each as JSON (Lambda: "6 MB each for request and response, synchronous"). */
export const MAX_LAMBDA_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Milliseconds. Default and maximum of an integration's time-out. */
export const MAX_INTEGRATION_TIMEOUT_MS = 30_000;

/** Milliseconds that a sandbox may take to load its module (Lambda runtime environment: the Init phase is limited to 10 s). */
export const MAX_INIT_MS = 10_000;

/** Requests of one function that may wait for a free sandbox. Beyond it Lambda's throttling is shown. Our choice, not AWS's. */
export const MAX_QUEUED_INVOCATIONS = 1_000;

/** Sandboxes of one function that may exist at once, unless told. Our choice: a laptop's cores, not AWS's 1,000. */
export const DEFAULT_SANDBOXES = 4;
