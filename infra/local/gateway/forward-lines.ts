import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Passes on a stream line by line, the last one also without a line feed. */
export function forwardLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', onLine);
}
