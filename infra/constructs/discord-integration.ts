import type { DomainName, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { addIntegration, type IntegrationParts } from './add-integration.ts';
import type { DiscordIntegrationProps } from './discord-integration-props.ts';
import type { RouteFunction } from './route-function.ts';
import type { StoredTable } from './storage.ts';

/**
 * The whole integration, for a stack of your own: HTTP API, functions, and the storage that is not brought. Several may be in one
 * stack. Resources that hold state are named after the construct's path: moving or renaming it makes new, empty ones.
 * @throws Error at synth when a value can't be used; it begins with the construct's path
 */
export class DiscordIntegration extends Construct implements IntegrationParts {
  readonly origin: string;
  readonly redirectUri: string;
  readonly api: HttpApi;
  readonly functions: Readonly<Record<string, RouteFunction>>;
  readonly table: StoredTable;
  readonly tableKey: IKey;
  readonly tokenKey: IKey;
  readonly integrationSecretArn: string;
  readonly setupCodeSecretArn: string;
  readonly domainName: DomainName | undefined;

  constructor(scope: Construct, id: string, props: DiscordIntegrationProps = {}) {
    super(scope, id);
    const parts = addIntegration(this, props);
    this.origin = parts.origin;
    this.redirectUri = parts.redirectUri;
    this.api = parts.api;
    this.functions = parts.functions;
    this.table = parts.table;
    this.tableKey = parts.tableKey;
    this.tokenKey = parts.tokenKey;
    this.integrationSecretArn = parts.integrationSecretArn;
    this.setupCodeSecretArn = parts.setupCodeSecretArn;
    this.domainName = parts.domainName;
  }
}
