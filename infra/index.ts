/** The face for CDK apps of others: everything else in `infra` may change at any time. */
export { DiscordIntegration } from './constructs/discord-integration.ts';
export type { DiscordIntegrationProps } from './constructs/discord-integration-props.ts';
export type { IntegrationParts } from './constructs/add-integration.ts';
export type { GatewayDomain, GatewayThrottle } from './constructs/http-api.ts';
export type { RouteFunction } from './constructs/route-function.ts';
export type { BroughtStorage, StoredTable } from './constructs/storage.ts';
