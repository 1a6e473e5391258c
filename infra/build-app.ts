import { App, Validations, type AppProps } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseStackName } from './deployment-context.ts';
import { IntegrationStack } from './stack.ts';

/** Construct id of the one stack, whatever its name: paths of constructs and files of the assembly are the same everywhere. */
export const STACK_ID = 'DiscordIntegration';

/**
 * Makes the app with its one stack. The cdk-nag rules run at every synth and fail it on a finding, whoever synthesizes.
 * @throws DeploymentContextError when a context value can't be used
 */
export function buildApp(props: Pick<AppProps, 'outdir' | 'context'> = {}): App {
  // No analytics: a template must be the same for everyone who synthesizes it, and nothing is sent anywhere.
  const app = new App({ ...props, analyticsReporting: false });
  new IntegrationStack(app, STACK_ID, {
    stackName: parseStackName(app.node.tryGetContext('stackName') as unknown),
    description: 'Discord Integration: OAuth custody and Discord actions over HTTPS',
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
