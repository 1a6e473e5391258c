import { App } from 'aws-cdk-lib/core';
import { CommunityStack } from './community-stack.ts';

// `npx cdk deploy`, run in this folder, takes `cdk.json` from here. Replace everything below `example.com` and the zone's id.
const app = new App();
new CommunityStack(app, 'Community', {
  env: { account: '111122223333', region: 'eu-central-1' },
  zone: { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' },
  domainName: 'discord.example.com',
});
