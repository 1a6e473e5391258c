/** Something that the operator can mend. The message is one line for him: what is wrong, what to do. Never a secret. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** The command line makes no sense; the usage is shown with it. */
export class UsageError extends Error {
  override name = 'UsageError';
  /** Command whose usage helps; absent: that of all. */
  readonly commandName: string | undefined;

  constructor(message: string, commandName?: string) {
    super(message);
    this.commandName = commandName;
  }
}

/** The operator broke off at a prompt (Ctrl-C, Ctrl-D). */
export class PromptAbortedError extends Error {
  override name = 'PromptAbortedError';
}
