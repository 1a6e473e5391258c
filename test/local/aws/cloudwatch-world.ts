import { CloudWatchClient, GetMetricDataCommand, type GetMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { onTestFinished } from 'vitest';
import { startAwsServers, type AwsServers, type AwsServersOptions } from '../../../infra/local/aws/aws-servers.ts';

export const MINUTE = 60_000;
/** A full hour, so that every period begins there. */
export const HOUR = Date.UTC(2026, 8, 14, 12);

/** Servers whose clock stands twenty minutes behind the hour, and an unmodified client. */
export async function start(options: AwsServersOptions = {}) {
  const servers = await startAwsServers({ now: () => HOUR + 20 * MINUTE, ...options });
  const client = openClient(servers);
  onTestFinished(async () => {
    client.destroy();
    await servers.stop();
  });
  const add = (minute: number, values: readonly number[], changes: Partial<typeof ORDERS> = {}) =>
    servers.figures.take({ ...ORDERS, ...changes, values, atEpochMs: HOUR + minute * MINUTE });
  const ask = (input: Partial<GetMetricDataInput> = {}) =>
    client.send(new GetMetricDataCommand({ ...RANGE, MetricDataQueries: [query('Sum')], ...input }));
  return { servers, client, add, ask };
}

function openClient({ endpoints, environment }: AwsServers): CloudWatchClient {
  return new CloudWatchClient({
    endpoint: endpoints.cloudwatch,
    region: environment['AWS_REGION'] ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

const ORDERS = { namespace: 'Shop', name: 'Orders', dimensions: { service: 'shop' } as Record<string, string> };
const RANGE = { StartTime: new Date(HOUR), EndTime: new Date(HOUR + 20 * MINUTE) };

/** One query of all orders of the shop. */
export const query = (Stat: string, changes: Record<string, unknown> = {}, stat: Record<string, unknown> = {}) => ({
  Id: Stat.toLowerCase(),
  MetricStat: {
    Metric: { Namespace: 'Shop', MetricName: 'Orders', Dimensions: [{ Name: 'service', Value: 'shop' }] },
    Period: 300,
    Stat,
    ...stat,
  },
  ...changes,
});
/** Minutes of the hour, as the client gives times. */
export const at = (...minutes: number[]) => minutes.map((minute) => new Date(HOUR + minute * MINUTE));
