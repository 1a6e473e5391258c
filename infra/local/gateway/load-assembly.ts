import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describeResource, isRecord, parseTemplate, TemplateError } from './template.ts';
import type { Template } from './template.ts';

/** A synthesized stack: its template and where the code of its functions lies. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /**
   * Absolute path of the directory with a function's code.
   * @throws TemplateError if the function's code is not a directory of this assembly (inline code, container image, zip file)
   */
  readonly assetPath: (functionLogicalId: string) => string;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new TemplateError(`cannot read ${path}: run \`cdk synth\` first`, { cause });
  }
}

interface StackArtifact {
  readonly id: string;
  readonly stackName: string;
  readonly templateFile: string;
}

function findStacks(manifest: unknown): StackArtifact[] {
  const artifacts = isRecord(manifest) && isRecord(manifest['artifacts']) ? manifest['artifacts'] : {};
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (!isRecord(artifact) || artifact['type'] !== 'aws:cloudformation:stack') return [];
    const properties = artifact['properties'];
    if (!isRecord(properties) || typeof properties['templateFile'] !== 'string') return [];
    const stackName = typeof properties['stackName'] === 'string' ? properties['stackName'] : id;
    return [{ id, stackName, templateFile: properties['templateFile'] }];
  });
}

/** S3 object key → path relative to the assembly, from `<stack>.assets.json` (which every synth writes). */
function readAssetFiles(assetManifest: unknown): Map<string, string> {
  const files = isRecord(assetManifest) && isRecord(assetManifest['files']) ? assetManifest['files'] : {};
  const paths = new Map<string, string>();
  for (const file of Object.values(files)) {
    if (!isRecord(file) || !isRecord(file['source']) || !isRecord(file['destinations'])) continue;
    const path = file['source']['path'];
    if (typeof path !== 'string' || file['source']['packaging'] !== 'zip') continue;
    for (const destination of Object.values(file['destinations'])) {
      if (isRecord(destination) && typeof destination['objectKey'] === 'string') {
        paths.set(destination['objectKey'], path);
      }
    }
  }
  return paths;
}

/**
 * Reads a CDK cloud assembly (`cdk.out`).
 * @param cdkOutDir - directory with `manifest.json`
 * @param stackName - artifact id or stack name; may be left out if the assembly has exactly one stack
 * @throws TemplateError if the directory holds no assembly, or not exactly the one stack asked for
 * @see AWS CDK, cloud-assembly-schema (manifest.json, `<stack>.assets.json`)
 */
export async function loadAssembly(cdkOutDir: string, stackName?: string): Promise<Assembly> {
  const stacks = findStacks(await readJson(resolve(cdkOutDir, 'manifest.json')));
  const wanted =
    stackName === undefined ? stacks : stacks.filter((s) => s.id === stackName || s.stackName === stackName);
  const [stack, ...others] = wanted;
  if (stack === undefined || others.length > 0) {
    const names = stacks.map((s) => s.id).join(', ') || 'none';
    throw new TemplateError(
      `${cdkOutDir}: expected one stack${stackName ? ` named ${stackName}` : ''}, found: ${names}`,
    );
  }
  const template = parseTemplate(await readJson(resolve(cdkOutDir, stack.templateFile)), stack.templateFile);
  const assetFiles = readAssetFiles(await readJson(resolve(cdkOutDir, `${stack.id}.assets.json`)));
  return {
    stackName: stack.stackName,
    template,
    assetPath: (logicalId) => {
      const path = findAssetPath(template, logicalId, assetFiles);
      if (path !== undefined) return resolve(cdkOutDir, path);
      throw new TemplateError(
        `${describeResource(template, logicalId)}: Code is not a directory asset of this assembly (inline code, images and zip files are not implemented)`,
      );
    },
  };
}

function findAssetPath(template: Template, logicalId: string, assetFiles: Map<string, string>): string | undefined {
  const resource = template.Resources[logicalId];
  const code = resource?.Properties['Code'];
  if (!isRecord(code) || typeof code['S3Key'] !== 'string') return undefined;
  // The S3 key names exactly what is deployed; `aws:asset:path` is only there if asset metadata is switched on.
  const fromMetadata = resource?.Metadata['aws:asset:path'];
  return assetFiles.get(code['S3Key']) ?? (typeof fromMetadata === 'string' ? fromMetadata : undefined);
}
