import { appendFileSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from './cdk-cli.ts';

/** What a synth reads. */
const PARTS = ['cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json', 'infra', 'functions', 'shared'];

/**
 * Copies the project and changes one function in the copy, as a new release would.
 * @param folder - below `functions/`
 * @returns root of the copy
 */
export function makeChangedCopy(workDir: string, folder: string): string {
  const root = path.join(workDir, 'changed');
  mkdirSync(root, { recursive: true });
  for (const part of PARTS) cpSync(path.join(PROJECT_ROOT, part), path.join(root, part), { recursive: true });
  symlinkSync(path.join(PROJECT_ROOT, 'node_modules'), path.join(root, 'node_modules'));
  appendFileSync(path.join(root, 'functions', folder, 'handler.ts'), "\nexport const release = 'changed';\n");
  return root;
}
