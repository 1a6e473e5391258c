import { defineConfig } from 'vitest/config';

/** Tests that compile a whole template or start servers need more than vitest's 5 s on a loaded two-core machine. */
const TEST_TIMEOUT_MS = 30_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/setup-fast-check.ts'],
    reporters: ['default', './test/support/hostile-reporter.ts', './test/stores/engine/store-reporter.ts'],
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: 60_000,
    pool: 'forks',
    // Vitest leaves one core free by default, which on two cores doubles the time.
    maxWorkers: '100%',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
