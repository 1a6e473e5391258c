import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { DiscordIntegrationProps } from './discord-integration-props.ts';
import { findDomainNameFault } from './domain-name-fault.ts';
import { findOriginFault } from './origin-fault.ts';

/**
 * Refuses options that would deploy and then not work. What is known only at deployment (tokens) is taken as it is.
 * @throws Error with the construct's path, the option and what to write instead
 */
export function checkOptions(scope: Construct, options: DiscordIntegrationProps): void {
  const refuse = (name: string, value: unknown, fault: string | undefined): void => {
    if (fault === undefined || Token.isUnresolved(value)) return;
    throw new Error(`${scope.node.path}: ${name}: ${JSON.stringify(value)} ${fault}`);
  };
  if (options.discordBaseUrl !== undefined) {
    refuse('discordBaseUrl', options.discordBaseUrl, findOriginFault(options.discordBaseUrl));
  }
  for (const origin of options.returnOrigins ?? []) refuse('returnOrigins', origin, findOriginFault(origin));
  for (const [name, limit] of Object.entries(options.throttle ?? {})) {
    refuse(`throttle.${name}`, limit, limit > 0 ? undefined : 'lets nothing through');
  }
  if (options.domain === undefined) return;
  refuse('domain.name', options.domain.name, findDomainNameFault(options.domain.name));
  const { certificateArn, env } = options.domain.certificate;
  // An imported certificate says that it is of the stack's region, whatever its ARN says.
  const region = Token.isUnresolved(certificateArn) ? env.region : certificateArn.split(':')[3];
  const own = Stack.of(scope).region;
  if (!Token.isUnresolved(own)) {
    const isElsewhere = !Token.isUnresolved(region) && region !== own;
    refuse('domain.certificate', region, isElsewhere ? `is not the region of the API, ${own}` : undefined);
  }
}
