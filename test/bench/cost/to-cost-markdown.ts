import { computeCost, mix, price, type Cost } from './compute-cost.ts';
import { SCENARIOS, type Measured, type Scenario } from './measure.ts';
import { ASSUMED, PRICES } from './prices.ts';

/** What stands in the account whether somebody calls or not. */
export interface Standing {
  readonly keys: number;
  readonly secrets: number;
  readonly alarms: number;
  readonly dashboards: number;
  /** Custom metrics that a request which ends well writes, and all that there are. */
  readonly metrics: { readonly usual: number; readonly all: number };
  /** Bytes of everything that one connection leaves in the table. */
  readonly connectionBytes: number;
}

const HEAD = `# Cost

Made by \`npm run cost\` (\`test/bench/cost.test.ts\`); not written by hand. What a call takes is **measured** on the local servers, with real items and real log lines;
prices and the time that functions run are **assumed** (below). In US dollars, list prices of us-east-1, without free tiers, taxes and support. It has not been compared with
a bill of AWS.`;

/** Writes the whole document. Pure. */
export function toCostMarkdown(measured: Readonly<Record<Scenario, Measured>>, standing: Standing): string {
  const warm = measured['warm action'];
  const mixed = mix(warm, measured['cold action'], ASSUMED.coldShare);
  const coldMs = (at: 0 | 1) => ASSUMED.warmMs[at] + ASSUMED.coldShare * ASSUMED.coldExtraMs[at];
  const columns: [string, Cost][] = [
    ['1 M warm actions', computeCost(1_000_000, warm, ASSUMED.warmMs)],
    [`1 M actions, ${ASSUMED.coldShare * 100} % cold`, computeCost(1_000_000, mixed, [coldMs(0), coldMs(1)])],
    ['10,000 connects', computeCost(10_000, measured.connect, ASSUMED.connectMs)],
    [
      '10,000 users kept for a month',
      computeCost(10_000 * REFRESHES_A_MONTH, measured['refresh (every 6.3 days)'], REFRESH_MS),
    ],
  ];
  const sections = [
    HEAD,
    `## Per use\n\n${toCostTable(columns)}\n\n${AFTER_COSTS}`,
    `## Standing\n\n${toStandingTable(standing)}\n\n${AFTER_STANDING}`,
    `## Measured\n\n${toMeasuredTable(measured)}\n\n${AFTER_MEASURED}`,
    `## Failures by code, and Health\n\n${HEALTH}`,
    `## Assumed\n\n${toAssumedList()}`,
    `## Prices\n\n${toPriceTable()}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** A token of 7 days is renewed in its last tenth. */
const REFRESHES_A_MONTH = 30 / 6.3;

/** Milliseconds that a refresh adds to its action. */
const REFRESH_MS = [100, 400] as const;

const AFTER_COSTS = `Low and high end differ by how long the functions run, which is how long Discord takes. Logs are a large part: they are the audit record, so every request writes its lines;
\`logRetention\` changes how long they are kept and not what they cost on arrival. Users are kept by their refreshes, which come with their actions, one for each in 6.3 days.`;

const AFTER_STANDING = `An idle deployment costs the keys, the secrets, the alarms and the dashboard. Free tiers that do not end cover ten alarms, ten metrics and three dashboards of an account. A key that has
rotated costs a dollar more (and another one after the second rotation). A custom metric is billed for the hours in which it was written: a family of failures that never occurs costs
nothing.`;

const AFTER_MEASURED = `One warm action is one \`BatchGetItem\` of key and connection, consistent, and of the connection token where one calls. A cold sandbox notes that the API key is used, once a day and
key, and reads and unwraps the tenant's data key, again every five minutes; DynamoDB
uses the table key in its own name now and then, which is not counted. A connect is four requests: session, link, callback, confirmation. A refresh comes on top of the action that
triggers it. Log bytes are those of access log, function and metrics, with the 26 bytes that CloudWatch adds to each line.`;

const PARTS = [
  'API Gateway',
  'Lambda, requests',
  'DynamoDB, reads',
  'DynamoDB, writes',
  'KMS',
  'Secrets Manager',
  'CloudWatch Logs',
  'Data out',
] as const;

function toCostTable(columns: readonly [string, Cost][]): string {
  const row = (name: string, cell: (cost: Cost) => string) =>
    `| ${name} | ${columns.map(([, cost]) => cell(cost)).join(' | ')} |`;
  return [
    `| | ${columns.map(([name]) => name).join(' | ')} |`,
    `|---|${'--:|'.repeat(columns.length)}`,
    ...PARTS.map((part) => row(part, ({ fixed }) => toDollars(fixed[part] ?? 0))),
    row('Lambda, time', ({ lambdaTime }) => toRange(lambdaTime)),
    row('**together**', ({ total }) => `**${toRange(total)}**`),
  ].join('\n');
}

function toStandingTable({ keys, secrets, alarms, dashboards, metrics, connectionBytes }: Standing): string {
  const gb = (10_000 * connectionBytes) / 1e9;
  const rows: [string, string][] = [
    [`${keys} KMS keys`, toDollars(price('kmsKeyMonth', keys))],
    [`${secrets} secrets`, toDollars(price('secretMonth', secrets))],
    [`${alarms} alarms`, toDollars(price('alarmMonth', alarms))],
    [`${dashboards} dashboard`, toDollars(price('dashboardMonth', dashboards))],
    [
      `custom metrics: ${metrics.usual} when all is well, ${metrics.all} if everything happened in every hour`,
      toRange([price('metricMonth', metrics.usual), price('metricMonth', metrics.all)]),
    ],
    [`10,000 connections stored (${connectionBytes} bytes each, with grant)`, toDollars(price('storedGbMonth', gb))],
  ];
  return ['| a month | |', '|---|--:|', ...rows.map(([what, dollars]) => `| ${what} | ${dollars} |`)].join('\n');
}

/** What comes with the portal and is in no scenario. */
const HEALTH = `A failed request writes a second metrics line (about 250 bytes). Each problem code is billed as a custom metric, prorated by the hour, only for hours in which it
occurs; a code that never occurs costs nothing, and the metrics above do not count them. Each look at the page Health reads over a hundred series with \`GetMetricData\` (billed by
thousand metrics), makes two KMS requests and one to Secrets Manager. The portal looks when the page is opened and when *Refresh* is pressed, never by itself.`;

function toMeasuredTable(measured: Readonly<Record<Scenario, Measured>>): string {
  const rows = SCENARIOS.map((scenario) => {
    const { requests, readUnits, writeUnits, kmsRequests, secretRequests, logBytes, bytesOut } = measured[scenario];
    const cells = [requests, readUnits, writeUnits, kmsRequests, secretRequests, logBytes, bytesOut];
    return `| ${scenario} | ${cells.join(' | ')} |`;
  });
  return [
    '| | requests | read units | write units | KMS | secret | log bytes | bytes out |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

function toAssumedList(): string {
  const range = ([low, high]: readonly [number, number]) => `${low} to ${high} ms`;
  return [
    `- a warm action runs ${range(ASSUMED.warmMs)}, a sandbox that has just started ${range(ASSUMED.coldExtraMs)} longer (its start is billed as well)`,
    `- the functions of one connect run ${range(ASSUMED.connectMs)} together, a refresh adds ${range(REFRESH_MS)}`,
    `- functions have ${ASSUMED.memoryGb * 1024} MB; \`START\`, \`END\` and \`REPORT\` of a request are ${ASSUMED.platformLogBytes} bytes`,
    '- the profile of a user is what is asked for; data out grows with Discord’s answers',
  ].join('\n');
}

function toPriceTable(): string {
  const rows = Object.values(PRICES).map(
    ({ dollars, per, unit, source }) => `| ${per.toLocaleString('en-US')} ${unit} | $${dollars} | ${source} |`,
  );
  const note =
    'List prices of the first half of 2026, read from third parties that quote AWS’s pages or known from them; not checked against AWS’s own pages, so check them there.';
  return [note, '', '| | | page of AWS |', '|---|--:|---|', ...rows].join('\n');
}

function toDollars(dollars: number): string {
  if (dollars === 0) return '0';
  return dollars < 0.005 ? '< $0.01' : `$${dollars.toFixed(2)}`;
}

function toRange([low, high]: readonly [number, number]): string {
  return toDollars(low) === toDollars(high) ? toDollars(low) : `${toDollars(low)} – ${toDollars(high)}`;
}
