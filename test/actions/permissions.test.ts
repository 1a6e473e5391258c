import { testChecks } from './test-checks.ts';

testChecks('the permissions of', ['permission']);
