import type { OnProgress } from '../../shared/app/end-connections.ts';
import type { Narrator } from '../../shared/app/revoke-all.ts';
import type { OperatorIo } from './operator-io.ts';

/** As many lines at the most for one long thing, however many there are to do. */
const MAX_LINES = 20;

/** Builds what tells a person on standard error how far a long command is: `closed 37/120`. */
export function buildProgress({ stderr }: Pick<OperatorIo, 'stderr'>, what: string): OnProgress {
  return (done, total) => {
    const step = Math.max(1, Math.ceil(total / MAX_LINES));
    if (done % step === 0 || done === total) stderr.write(`${what} ${done}/${Math.max(done, total)}\n`);
  };
}

export function buildNarrator(io: Pick<OperatorIo, 'stderr'>): Narrator {
  return {
    onClosed: buildProgress(io, 'closed'),
    onRevoked: buildProgress(io, 'asked Discord'),
    onWait: (seconds, reason) => {
      const why = reason === 'rate_limit' ? 'Discord asks to wait' : 'requests that were let in before may still run';
      io.stderr.write(`${why}: going on in ${seconds} s\n`);
    },
  };
}
