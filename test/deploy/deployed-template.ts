import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.optional(z.record(z.string(), z.unknown())),
      Metadata: z.optional(z.object({ 'aws:asset:path': z.optional(z.string()) })),
    }),
  ),
});

/** The template that was deployed. */
export class DeployedTemplate {
  readonly file: string;
  readonly #assembly: string;
  readonly #resources: z.infer<typeof templateSchema>['Resources'];

  /** @param assembly - directory of the cloud assembly */
  constructor(assembly: string) {
    this.#assembly = assembly;
    this.file = path.join(assembly, 'DiscordIntegration.template.json');
    this.#resources = templateSchema.parse(JSON.parse(readFileSync(this.file, 'utf8'))).Resources;
  }

  /** Whether every resource of a type, and at least one, sets the property. */
  asks(type: string, property: string): boolean {
    const found = Object.values(this.#resources).filter((resource) => resource.Type === type);
    return found.length > 0 && found.every(({ Properties }) => Properties?.[property] !== undefined);
  }

  /** Hash of each function's code, by logical id. Without the source map: that names the directory it was built in. */
  hashCode(): Map<string, string> {
    const functions = Object.entries(this.#resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
    return new Map(
      functions.map(([logicalId, { Metadata }]) => {
        const file = path.join(this.#assembly, Metadata?.['aws:asset:path'] ?? '', 'index.js');
        return [logicalId, createHash('sha256').update(readFileSync(file)).digest('hex')];
      }),
    );
  }
}
