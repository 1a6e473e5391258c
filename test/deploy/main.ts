import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startSimulatorProcess } from '../../infra/local/simulator-process.ts';
import { Tally } from '../deployed/tally.ts';
import { startEmulatedAws } from './emulated-aws.ts';
import { LifeCycle, StepError } from './life-cycle.ts';

/**
 * `.ci/deploy-emulated` calls this: the real CDK CLI deploys to an emulated AWS, the deployed functions serve a user's whole way
 * through Discord's simulator, then update, destroy, and a new deployment on what survived.
 */
const { values } = parseArgs({
  options: { 'tools-dir': { type: 'string' }, 'work-dir': { type: 'string' } },
});
const { 'tools-dir': toolsDir, 'work-dir': workDir } = values;
if (toolsDir === undefined || workDir === undefined) {
  console.error('usage: main.ts --tools-dir DIR --work-dir DIR');
  process.exit(2);
}
mkdirSync(workDir, { recursive: true });

const tally = new Tally('deploy');
const stops: (() => Promise<void>)[] = [];
let isStopping = false;
try {
  const aws = await startEmulatedAws(path.join(toolsDir, 'ministack'), workDir);
  stops.push(() => aws.stop());
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stopAll().then(() => process.exit(1)));
  // Its redirect URI is registered once the gateway has an address.
  const simulator = await startSimulatorProcess({ port: 0, redirectUri: 'http://localhost/not-used-yet' });
  stops.push(() => simulator.stop());
  await new LifeCycle({ tally, aws, simulator, toolsDir, workDir }).run();
  tally.skip('the roles of the functions suffice, and refuse', 'the emulator knows no dynamodb:LeadingKeys');
  tally.skip('the permissions of whoever deploys suffice', 'the emulator grants everything');
} catch (error) {
  // A step that failed has been told.
  const seen = error instanceof StepError ? error.message : error instanceof Error ? error.stack : String(error);
  tally.check('the run comes to its end', false, () => seen);
} finally {
  await stopAll();
}
process.exitCode = tally.finish();

async function stopAll(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  for (const stop of stops.reverse()) await stop();
}
