/** One request to the gateway. */
export interface HttpCall {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** What came back; `died`: the sandbox that worked on it is gone, and API Gateway answers in its place. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly text: string;
}

/** What API Gateway answers when the function never did. */
export const DIED: HttpAnswer = { status: 503, headers: {}, cookies: [], text: '{"message":"Service Unavailable"}' };

/** The answer's body as JSON, or nothing when it is none. */
export function readJson(answer: HttpAnswer): Record<string, unknown> {
  try {
    return JSON.parse(answer.text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
