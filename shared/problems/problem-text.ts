/** What is always the same about one failure: its status, its title and what the reader should do next. */
export interface ProblemText {
  readonly status: number;
  /** Short, the same for every occurrence (RFC 9457 §3.1.3). */
  readonly title: string;
  /** What the reader should do next, for the code's own page and as `detail` when no fact is known that says more. */
  readonly advice: string;
}
