import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ASSET_RESOURCE_METADATA_ENABLED_CONTEXT, PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';

const STACK_NAME = 'Echo';

/** Routes of each kind that the product has. */
const ROUTES = ['GET /things/{thing_id}', 'POST /things/{thing_id}', 'ANY /greedy/{rest+}', 'GET /answers/{answer}'];

/**
 * Synthesizes a stack whose one function tells what it was called with, with the constructs that the product's stack uses.
 * @returns its cloud assembly and its template file
 */
export function synthEcho(outdir: string): { directory: string; templateFile: string } {
  const context = { [PATH_METADATA_ENABLE_CONTEXT]: true, [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true };
  const app = new App({ outdir, context, analyticsReporting: false });
  const stack = new Stack(app, STACK_NAME);
  const httpApi = new HttpApi(stack, 'Api');
  const echo = new LambdaFunction(stack, 'Echo', {
    runtime: Runtime.NODEJS_24_X,
    architecture: process.arch === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
    code: Code.fromAsset(fileURLToPath(new URL('echo', import.meta.url))),
    handler: 'index.handler',
  });
  const integration = new HttpLambdaIntegration('Integration', echo);
  for (const [index, text] of ROUTES.entries()) {
    const [method, path = ''] = text.split(' ');
    const found = Object.values(HttpMethod).find((known) => known === method);
    new HttpRoute(stack, `Route${index}`, { httpApi, integration, routeKey: HttpRouteKey.with(path, found) });
  }
  new HttpRoute(stack, 'Default', { httpApi, integration, routeKey: HttpRouteKey.DEFAULT });
  const { directory } = app.synth();
  return { directory, templateFile: `${directory}/${STACK_NAME}.template.json` };
}
