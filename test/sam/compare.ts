import path from 'node:path';
import { waitUntilListening } from '../../infra/sam/sam-command.ts';
import { loadAssembly } from '../../infra/local/gateway/load-assembly.ts';
import { startGateway } from '../../infra/local/gateway/start-gateway.ts';
import { findDifferences, type Difference } from './differences.ts';
import { EXCHANGES, send, type Observed } from './exchanges.ts';
import { startTemplate } from './run-sam.ts';
import { synthEcho } from './synth-echo.ts';

/** Sends the same requests to an echo function behind the local gateway and behind SAM. */
export async function compareWithGateway(samPort: number, workDir: string, logFile: string): Promise<Difference[]> {
  const { directory, templateFile } = synthEcho(path.join(workDir, 'echo.out'));
  const gateway = await startGateway({
    assembly: await loadAssembly(directory),
    resources: new Map(),
    environment: { AWS_REGION: 'us-east-1' },
  });
  const sam = startTemplate(templateFile, samPort, logFile);
  try {
    const fromGateway = await observeAll(gateway.port);
    await waitUntilListening(sam.child, samPort);
    const fromSam = await observeAll(samPort);
    return EXCHANGES.flatMap(({ name }, index) => {
      const [left, right] = [fromGateway[index], fromSam[index]];
      if (left === undefined || right === undefined) throw new Error(`${name} was not observed`);
      return findDifferences(name, left, right);
    });
  } finally {
    await sam.stop();
    await gateway.stop();
  }
}

async function observeAll(port: number): Promise<Observed[]> {
  const observed: Observed[] = [];
  for (const exchange of EXCHANGES) observed.push(await send(port, exchange));
  return observed;
}
