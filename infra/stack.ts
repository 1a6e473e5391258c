import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { catalogue } from '../shared/catalogue/index.ts';
import { ENV } from '../shared/env.ts';
import { CALLBACK_PATH, ROUTES } from '../shared/http/routes.ts';
import { buildAccessStatements } from './constructs/access-statements.ts';
import { CatalogueRoutes } from './constructs/catalogue-routes.ts';
import { toConstructId } from './constructs/construct-id.ts';
import { FUNCTION_ACCESS, type FunctionAccess } from './constructs/function-access.ts';
import { GatewayApi } from './constructs/http-api.ts';
import { RouteFunction } from './constructs/route-function.ts';
import { Storage } from './constructs/storage.ts';
import { parseDeploymentContext, type DeploymentContext } from './deployment-context.ts';

/** Seconds. A browser waits for these, and neither calls Discord; everything else may take the longest there is. */
const TIMEOUT_SECONDS: Readonly<Partial<Record<string, number>>> = { authorize: 10, portal: 5 };

/** Everything the gateway runs on. Neither account nor region is fixed: one template for every environment. */
export class IntegrationStack extends Stack {
  readonly #context: DeploymentContext;
  readonly #storage: Storage;
  readonly #api: GatewayApi;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.#context = parseDeploymentContext((name) => this.node.tryGetContext(name) as unknown);
    this.#storage = new Storage(this, 'Storage', { existing: this.#context.existingStorage });
    this.#api = new GatewayApi(this, 'Gateway', { returnOrigins: this.#context.returnOrigins });

    for (const name of Object.keys(ROUTES).filter(isFixedGroup)) {
      this.#api.serve(this.#createFunction(this, toConstructId(name), name, FUNCTION_ACCESS[name]), ROUTES[name]);
    }
    new CatalogueRoutes(this, 'Actions', {
      api: this.#api,
      catalogue,
      createFunction: (parent, childId, folder, access) => this.#createFunction(parent, childId, folder, access),
    });
    this.#addOutputs();
  }

  #createFunction(scope: Construct, id: string, folder: string, access: FunctionAccess): RouteFunction {
    const timeoutSeconds = TIMEOUT_SECONDS[folder];
    return new RouteFunction(scope, id, {
      folder,
      architecture: this.#context.architecture,
      environment: this.#buildEnvironment(access),
      statements: buildAccessStatements(access, this.#storage),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    });
  }

  /** A function is told only about what it may use: without table access it learns its own address and nothing else. */
  #buildEnvironment(access: FunctionAccess): Record<string, string> {
    const address = { [ENV.publicBaseUrl]: this.#api.endpoint };
    if (access.items.length === 0) return address;
    const { tableName, tokenKeyArn, integrationSecretArn } = this.#storage;
    return {
      ...address,
      [ENV.tableName]: tableName,
      [ENV.discordBaseUrl]: this.#context.discordBaseUrl,
      ...(access.dataKeys.length > 0 && { [ENV.tokenKeyArn]: tokenKeyArn }),
      ...(access.integrationSecret && { [ENV.integrationSecretArn]: integrationSecretArn }),
    };
  }

  #addOutputs(): void {
    const { tableName, tableKeyArn, tokenKeyArn, integrationSecretArn } = this.#storage;
    const outputs = {
      GatewayUrl: { value: this.#api.endpoint, description: 'Origin under which apps reach the gateway' },
      RedirectUri: {
        value: `${this.#api.endpoint}${CALLBACK_PATH}`,
        description: 'Add this under OAuth2, Redirects of the application in the Discord Developer Portal',
      },
      TableName: { value: tableName, description: 'DynamoDB table with everything stored' },
      TableKeyArn: { value: tableKeyArn, description: 'KMS key that encrypts the table at rest' },
      TokenKeyArn: { value: tokenKeyArn, description: 'KMS key without which no stored token opens' },
      IntegrationSecretArn: {
        value: integrationSecretArn,
        description: 'Secrets Manager secret for client secret and bot token; empty until the operator fills it',
      },
    };
    for (const [name, output] of Object.entries(outputs)) new CfnOutput(this, name, output);
  }
}

/** `Object.keys` forgets which keys its argument has. */
function isFixedGroup(name: string): name is keyof typeof ROUTES {
  return name in ROUTES;
}
