import { testChecks } from './test-checks.ts';

testChecks('what comes of', ['success', 'dry_run', 'foreign_guild', 'scope', 'intent']);
