import * as z from 'zod/mini';

/** zod/mini knows no texts unless told; given per call, since a global setting would reach the product's own schemas. */
const inEnglish = { error: z.locales.en().localeError };

/**
 * Parses a value that a developer wrote or made (a fault, a template).
 * @param what - begins the message
 * @throws Error listing what is wrong and where
 */
export function parseValue<T>(schema: z.ZodMiniType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value, inEnglish);
  if (parsed.success) return parsed.data;
  throw new Error(`${what}: ${z.prettifyError(parsed.error)}`);
}
