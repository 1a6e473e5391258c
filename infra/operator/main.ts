import '../local/quiet-sdk.ts';
import { LOCAL_DIR } from '../local/local-dir.ts';
import { runOperator } from './run-operator.ts';

/** `npm run operator -- <command>`: sets up and looks after one installation, local or deployed. */

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', () => process.exit(0));

const { stdin, stdout, stderr, env } = process;
process.exitCode = await runOperator(process.argv.slice(2), { stdin, stdout, stderr, env, localDir: LOCAL_DIR });
