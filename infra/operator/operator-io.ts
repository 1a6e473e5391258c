/** The world around one run of the operator's command line. */
export interface OperatorIo {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the local store, `.local`. */
  readonly localDir: string;
}
