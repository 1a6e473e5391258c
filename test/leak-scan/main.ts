import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EVIDENCE_DIR, type Evidence } from '../support/evidence.ts';
import { scanEvidence } from '../support/scan-evidence.ts';

/** After the whole suite: no token, code, secret, key or webhook URL may stand in any log, answer, error or stored item. */
const files = existsSync(EVIDENCE_DIR) ? readdirSync(EVIDENCE_DIR) : [];
const evidence = files.map((file) => JSON.parse(readFileSync(path.join(EVIDENCE_DIR, file), 'utf8')) as Evidence);
const leaks = scanEvidence(evidence);
const secrets = evidence.reduce((sum, { secrets: known }) => sum + known.length, 0);
const sightings = evidence.reduce((sum, { sightings: seen }) => sum + seen.length, 0);

for (const leak of leaks) console.error(`leak: ${leak.kind} in ${leak.place}: ${leak.excerpt}`);
console.log(`leak scan: ${leaks.length} leaks of ${secrets} secrets in ${sightings} logs, answers and items`);
if (secrets === 0 || sightings === 0) {
  console.error('leak scan: nothing was scanned; did the tests run?');
  process.exitCode = 1;
}
if (leaks.length > 0) process.exitCode = 1;
