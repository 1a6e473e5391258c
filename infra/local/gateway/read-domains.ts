import { resourcesOfType } from './read-api.ts';
import type { Resolver } from './resolve-intrinsics.ts';
import { describeResource, TemplateError } from './template.ts';
import type { Template } from './template.ts';

/**
 * Reads under which domains of the operator's the API is reached. Here it has one address, its own; so whatever the template tells
 * functions about these domains has to become that one. Pure. Call after `checkTemplate`.
 * @returns names without scheme, `discord.example.com`
 * @throws TemplateError for a mapping of something else than the API's one stage
 * @see CloudFormation Template Reference, AWS::ApiGatewayV2::ApiMapping, AWS::ApiGatewayV2::DomainName
 */
export function readDomains(template: Template, resolver: Resolver, apiId: string): string[] {
  return resourcesOfType(template, resolver, 'AWS::ApiGatewayV2::ApiMapping').map(([logicalId, { Properties }]) => {
    const where = describeResource(template, logicalId);
    const read = (name: string) => resolver.resolveString(Properties[name], `${where}: property ${name}`);
    if (read('ApiId') !== apiId || read('Stage') !== '$default') {
      throw new TemplateError(`${where}: only a mapping to the API's stage $default is implemented`);
    }
    return read('DomainName');
  });
}

/**
 * Turns an address under one of the domains into the local one; other values stay as they are. Pure.
 * @param at - where the value stands, for the message
 * @throws TemplateError for a value that names a domain in another way, which would lead away from this machine
 */
export function toLocalAddress(value: string, domains: readonly string[], publicOrigin: string, at: string): string {
  const domain = domains.find((name) => value.includes(name));
  if (domain === undefined) return value;
  const origin = `https://${domain}`;
  if (value === origin || value.startsWith(`${origin}/`)) return `${publicOrigin}${value.slice(origin.length)}`;
  throw new TemplateError(`${at}: ${value} names the domain ${domain} in another way than as ${origin}`);
}
