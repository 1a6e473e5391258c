import { App, Validations, type AppProps } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { IntegrationStack } from './stack.ts';

/** Name of the one stack, so that a plain `cdk deploy` deploys everything. */
export const STACK_NAME = 'DiscordIntegration';

/**
 * Makes the app with its one stack. The cdk-nag rules run at every synth and fail it on a finding, whoever synthesizes.
 * @throws DeploymentContextError when a context value can't be used
 */
export function buildApp(props: Pick<AppProps, 'outdir' | 'context'> = {}): App {
  // No analytics: a template must be the same for everyone who synthesizes it, and nothing is sent anywhere.
  const app = new App({ ...props, analyticsReporting: false });
  new IntegrationStack(app, STACK_NAME, {
    description: 'Discord Integration: OAuth custody and Discord actions over HTTPS',
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
