import { testChecks } from './test-checks.ts';

testChecks('the input of', ['limit', 'unknown']);
