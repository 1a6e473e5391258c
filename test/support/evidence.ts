import { mkdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';

/** Where the tests leave what they saw, for the leak scan that runs after them. */
export const EVIDENCE_DIR = '.test-output/evidence';

/** Something that must not appear, and where it must not. */
export interface KnownSecret {
  readonly kind: string;
  readonly value: string;
  /** `everywhere`: it may stand nowhere. `logs`: browser or app rightly get it in an answer; log, error and table never. */
  readonly scope: 'everywhere' | 'logs';
}

/** Something that was seen: a log line, an answer of the gateway, an item of the table, an error object. */
export interface Sighting {
  readonly place: 'log' | 'answer' | 'table' | 'error';
  readonly text: string;
}

/** What one test file saw. */
export interface Evidence {
  readonly source: string;
  readonly secrets: readonly KnownSecret[];
  readonly sightings: readonly Sighting[];
}

/** Leaves evidence for the scan. */
export function saveEvidence(evidence: Evidence): void {
  mkdirSync(EVIDENCE_DIR, { recursive: true });
  writeFileSync(path.join(EVIDENCE_DIR, `${randomUUID()}.json`), JSON.stringify(evidence));
}
