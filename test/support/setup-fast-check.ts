import fc from 'fast-check';

/** `npm test` runs a tenth of what `npm run test:deep` (DEEP=1) does. fast-check prints the seed of a failure. */
fc.configureGlobal({ numRuns: process.env['DEEP'] === '1' ? 1_000 : 100 });
