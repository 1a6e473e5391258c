import { buildApp } from './build-app.ts';

// The entry that `cdk.json` names: context comes from there and from `cdk -c`, the output directory from the CLI.
buildApp().synth();
