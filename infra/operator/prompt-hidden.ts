import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Secret } from '../../shared/domain/secret.ts';
import { PromptAbortedError } from './operator-error.ts';
import type { OperatorIo } from './operator-io.ts';

/**
 * Asks questions on a terminal without showing what is typed. Line editing and pasting work as usual.
 * @returns the answers in the order of the questions; an empty one is an empty secret
 * @throws PromptAbortedError on Ctrl-C and Ctrl-D
 */
export async function promptHidden(io: OperatorIo, questions: readonly string[]): Promise<Secret[]> {
  // readline echoes to its output: this one swallows it.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output, terminal: true, historySize: 0 });
  lines.once('SIGINT', () => lines.close());
  // Keeps what is typed or pasted ahead of the next question.
  const typed = lines[Symbol.asyncIterator]();
  const answers: Secret[] = [];
  try {
    for (const question of questions) {
      io.stderr.write(question);
      const line = await typed.next();
      io.stderr.write('\n');
      if (line.done === true) throw new PromptAbortedError('broken off, nothing was stored');
      answers.push(new Secret(line.value.trim()));
    }
    return answers;
  } finally {
    lines.close();
  }
}
