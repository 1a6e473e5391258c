import type * as z from 'zod/mini';

/** What a schema says against a body: where, and in which words. */
export function listFaults(schema: z.ZodMiniType, body: unknown): [pointer: string, message: string][] {
  const { issues } = schema.safeParse(body).error ?? { issues: [] };
  return issues.map(({ path, message }) => [path.map((part) => `/${String(part)}`).join(''), message]);
}
