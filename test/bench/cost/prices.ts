/**
 * List prices in US dollars, us-east-1, first tier, without free tiers, as of 2026. Most were read from third parties that quote
 * AWS's pages (February to June 2026), those of Secrets Manager and stored data are from memory: check them before you rely on
 * them. `source` is the page of AWS that has the current one.
 */
export const PRICES = {
  apiRequest: { dollars: 1.0, per: 1_000_000, unit: 'HTTP API requests', source: 'Amazon API Gateway pricing' },
  lambdaRequest: { dollars: 0.2, per: 1_000_000, unit: 'Lambda requests', source: 'AWS Lambda pricing' },
  lambdaGbSecond: { dollars: 0.0000133334, per: 1, unit: 'Lambda GB-seconds, arm64', source: 'AWS Lambda pricing' },
  readUnit: {
    dollars: 0.125,
    per: 1_000_000,
    unit: 'read request units',
    source: 'Amazon DynamoDB pricing, on-demand',
  },
  writeUnit: {
    dollars: 0.625,
    per: 1_000_000,
    unit: 'write request units',
    source: 'Amazon DynamoDB pricing, on-demand',
  },
  kmsRequest: { dollars: 0.03, per: 10_000, unit: 'KMS requests', source: 'AWS KMS pricing' },
  secretRequest: {
    dollars: 0.05,
    per: 10_000,
    unit: 'Secrets Manager requests',
    source: 'AWS Secrets Manager pricing',
  },
  logByte: {
    dollars: 0.5,
    per: 1_000_000_000,
    unit: 'bytes of log ingested',
    source: 'Amazon CloudWatch pricing, logs',
  },
  byteOut: {
    dollars: 0.09,
    per: 1_000_000_000,
    unit: 'bytes out to the internet',
    source: 'Amazon EC2 pricing, data transfer',
  },
  kmsKeyMonth: { dollars: 1.0, per: 1, unit: 'KMS key and month', source: 'AWS KMS pricing' },
  secretMonth: { dollars: 0.4, per: 1, unit: 'secret and month', source: 'AWS Secrets Manager pricing' },
  alarmMonth: { dollars: 0.1, per: 1, unit: 'alarm and month', source: 'Amazon CloudWatch pricing, alarms' },
  dashboardMonth: {
    dollars: 3.0,
    per: 1,
    unit: 'dashboard and month',
    source: 'Amazon CloudWatch pricing, dashboards',
  },
  metricMonth: { dollars: 0.3, per: 1, unit: 'custom metric and month', source: 'Amazon CloudWatch pricing, metrics' },
  storedGbMonth: {
    dollars: 0.45,
    per: 1,
    unit: 'GB stored and month, with recovery',
    source: 'Amazon DynamoDB pricing ($0.25 + $0.20)',
  },
} as const;

/** What cannot be measured here, and is therefore assumed. Low and high end. */
export const ASSUMED = {
  /** Milliseconds of a warm action: nearly all of it waits for Discord. */
  warmMs: [80, 300],
  /** Milliseconds more in a sandbox that has just started; its start is billed, too. */
  coldExtraMs: [500, 1200],
  /** Milliseconds of the five calls of a connect, all functions together. */
  connectMs: [600, 2000],
  /** Share of actions that meet a cold sandbox, in the second column. */
  coldShare: 0.05,
  /** Bytes of `START`, `END` and `REPORT`, which Lambda writes for each request, with what CloudWatch adds to each line (26 bytes). */
  platformLogBytes: 380,
  /** GB of memory of a function (`MEMORY_MB` in `infra/constructs/route-function.ts`). */
  memoryGb: 0.5,
} as const;
