import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { beginJourney, JOURNEY } from '../journey/journey.ts';
import { Wire } from '../support/wire.ts';
import { compareWithGateway } from './compare.ts';
import { explain, type Difference } from './differences.ts';
import { EXPLAINED_DIFFERENCES } from './explained-differences.ts';
import { invokeOnce, startProduct } from './run-sam.ts';
import { createTally, type Tally } from './tally.ts';

/** First of the ports that SAM and the simulator get here. */
const PORT = 31_600;

const EVENT_FILE = 'docs/examples/sam-event.json';

/** The product under a real SAM CLI. Needs `sam`, `docker` and the runtime image; `.ci/sam-local` brings all of them. */
const workDir = mkdtempSync(path.join(tmpdir(), 'sam-test-'));
const logFile = path.join(workDir, 'sam.log');
const tally = createTally();
try {
  await runJourney(tally);
  await runInvoke(tally);
  await runComparison(tally);
} finally {
  if (tally.failed > 0) console.log(`--- the end of SAM's own output\n${readFileSync(logFile, 'utf8').slice(-6000)}`);
  rmSync(workDir, { recursive: true, force: true });
}
console.log(`sam: ${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);

async function runJourney({ check }: Tally): Promise<void> {
  console.log('the journey through sam local start-api');
  const sam = await startProduct(PORT, path.join(workDir, 'local'), logFile);
  try {
    const wire = new Wire(sam.origin, sam.discordUrl, [], () => undefined);
    const world = { wire, origin: sam.origin, key: sam.apiKey, discordUser: SEED_USERS.grace, userId: 'journey' };
    const journey = beginJourney(world);
    for (const { rule, run } of JOURNEY) await check(rule, () => run(journey));
  } finally {
    await sam.stop();
  }
}

async function runInvoke({ check }: Tally): Promise<void> {
  console.log('sam local invoke');
  await check('runs one function with an event from a file', async () => {
    const { code, stdout } = await invokeOnce('Portal', EVENT_FILE, PORT, path.join(workDir, 'local'), logFile);

    assert.equal(code, 0);
    const answer = JSON.parse(stdout) as { statusCode: number; body: string };
    assert.equal(answer.statusCode, 404);
    assert.equal((JSON.parse(answer.body) as { code: string }).code, 'route_not_found');
  });
}

async function runComparison({ check }: Tally): Promise<void> {
  console.log('events and answers, local gateway and SAM');
  let differences: readonly Difference[] = [];
  const done = await check('gives the same requests to both', async () => {
    differences = await compareWithGateway(PORT + 2, workDir, logFile);
  });
  if (!done) return;
  const found = differences.map((difference) => ({ difference, why: explain(difference, EXPLAINED_DIFFERENCES) }));
  const groups = EXPLAINED_DIFFERENCES.map((explanation) => ({
    ...explanation,
    own: found.filter(({ why }) => why === explanation).map((entry) => entry.difference),
  }));
  for (const { reason, own } of groups) console.log(`  differs ${reason}\n          ${describe(own)}`);
  await check('has no explanation for a difference that is gone', () => {
    assert.deepEqual(
      groups.filter(({ own }) => own.length === 0).map(({ reason }) => reason),
      [],
    );
  });
  await check('differs in nothing that is not explained', () => {
    const unexplained = found.filter(({ why }) => why === undefined).map((entry) => entry.difference);
    const lines = groupByField(unexplained).map(([line, exchanges]) => `${line}  [${exchanges.join(', ')}]`);
    assert.equal(lines.length, 0, `\n${lines.join('\n')}`);
  });
}

/** What an explanation covers, with the first difference as an example. */
function describe(differences: readonly Difference[]): string {
  const fields = [...new Set(differences.map(({ field }) => field))].join(', ');
  const exchanges = new Set(differences.map(({ exchange }) => exchange)).size;
  const [first] = differences;
  const example =
    first === undefined ? '' : `; ${first.exchange}: ${first.gateway ?? 'absent'} ↔ ${first.sam ?? 'absent'}`;
  return `${fields} (in ${exchanges} of the exchanges${example})`;
}

/** The same difference of the same field in several exchanges becomes one line. */
function groupByField(differences: readonly Difference[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const { exchange, field, gateway, sam } of differences) {
    const line = `${field}: gateway ${gateway ?? '(absent)'}, SAM ${sam ?? '(absent)'}`;
    groups.set(line, [...(groups.get(line) ?? []), exchange]);
  }
  return [...groups];
}
