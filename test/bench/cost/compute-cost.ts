import type { Measured } from './measure.ts';
import { ASSUMED, PRICES } from './prices.ts';

/** Dollars by kind of use; `low` and `high` differ by how long functions run. */
export interface Cost {
  readonly fixed: Readonly<Record<string, number>>;
  readonly lambdaTime: readonly [low: number, high: number];
  readonly total: readonly [low: number, high: number];
}

type PriceName = keyof typeof PRICES;

/** @returns dollars for so many units */
export function price(name: PriceName, units: number): number {
  const { dollars, per } = PRICES[name];
  return (dollars / per) * units;
}

/**
 * What a number of equal uses costs. Pure.
 * @param uses - how many
 * @param measured - what one takes
 * @param milliseconds - how long the functions of one run, low and high
 */
export function computeCost(uses: number, measured: Measured, milliseconds: readonly [number, number]): Cost {
  const logBytes = measured.logBytes + measured.requests * ASSUMED.platformLogBytes;
  const fixed = {
    'API Gateway': price('apiRequest', uses * measured.requests),
    'Lambda, requests': price('lambdaRequest', uses * measured.requests),
    'DynamoDB, reads': price('readUnit', uses * measured.readUnits),
    'DynamoDB, writes': price('writeUnit', uses * measured.writeUnits),
    KMS: price('kmsRequest', uses * measured.kmsRequests),
    'Secrets Manager': price('secretRequest', uses * measured.secretRequests),
    'CloudWatch Logs': price('logByte', uses * logBytes),
    'Data out': price('byteOut', uses * measured.bytesOut),
  };
  const sum = Object.values(fixed).reduce((total, dollars) => total + dollars, 0);
  const timeFor = (ms: number) => price('lambdaGbSecond', (uses * ms * ASSUMED.memoryGb) / 1000);
  const lambdaTime = [timeFor(milliseconds[0]), timeFor(milliseconds[1])] as const;
  return { fixed, lambdaTime, total: [sum + lambdaTime[0], sum + lambdaTime[1]] };
}

/** The average of two kinds of use, `share` of the second. */
export function mix(first: Measured, second: Measured, share: number): Measured {
  const at = (name: keyof Measured) => first[name] * (1 - share) + second[name] * share;
  return {
    requests: at('requests'),
    readUnits: at('readUnits'),
    writeUnits: at('writeUnits'),
    kmsRequests: at('kmsRequests'),
    secretRequests: at('secretRequests'),
    logBytes: at('logBytes'),
    bytesOut: at('bytesOut'),
  };
}
