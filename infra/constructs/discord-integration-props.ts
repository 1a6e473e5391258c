import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { GatewayDomain, GatewayThrottle } from './http-api.ts';
import type { BroughtStorage } from './storage.ts';

/** What may be chosen about an integration; nothing has to be. */
export interface DiscordIntegrationProps {
  /**
   * Processor of every function.
   * @default Architecture.ARM_64 - it costs less for the same work
   */
  readonly architecture?: Architecture;
  /**
   * Origin of Discord, without a trailing slash: for tests against something that speaks like it.
   * @default 'https://discord.com'
   */
  readonly discordBaseUrl?: string;
  /**
   * Exact origins whose browsers may call the API (CORS). Where users may be sent back to is another list, the operator's.
   * @default - none: browsers of other origins may not
   */
  readonly returnOrigins?: readonly string[];
  /**
   * Table, keys and secret to work on. A table comes with both of its keys.
   * @default - all four are made, and kept when the stack goes
   */
  readonly storage?: BroughtStorage;
  /**
   * How long every log group keeps a line.
   * @default RetentionDays.THREE_MONTHS - reads leave their only audit record there
   */
  readonly logRetention?: RetentionDays;
  /**
   * Domain under which the gateway is reached. The DNS record is yours to make, to `domainName.regionalDomainName`.
   * @default - the address that API Gateway makes up
   */
  readonly domain?: GatewayDomain;
  /**
   * Bound for the requests of all callers together.
   * @default - 500 requests a second, 1,000 at once
   */
  readonly throttle?: GatewayThrottle;
  /**
   * Gets a message when an alarm begins and when it ends.
   * @default - alarms show on the dashboard only
   */
  readonly alarmTopic?: ITopic;
  /**
   * Where your copy of the runbook is, for the texts of the alarms; without a fragment.
   * @default 'docs/runbook.md'
   */
  readonly runbookUrl?: string;
}
