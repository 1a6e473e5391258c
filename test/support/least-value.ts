import * as z from 'zod/mini';
import { LIMITS } from '../../shared/catalogue/limits.ts';

/** The least value that a schema of the catalogue accepts: required members only, shortest texts. Different for each number. */
export function buildLeast(schema: z.core.$ZodType, number = 0): unknown {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  const limits = LIMITS.get(schema) ?? {};
  if (def.type === 'object') {
    const required = Object.entries(def.shape).filter(([, member]) => !z.safeParse(member, undefined).success);
    return Object.fromEntries(required.map(([name, member]) => [name, buildLeast(member, number)]));
  }
  if (def.type === 'array') {
    return Array.from({ length: limits.minItems ?? 0 }, (_, index) => buildLeast(def.element, index));
  }
  if (def.type === 'union') return buildLeast(def.options[0] ?? z.never(), number % 10);
  if (def.type === 'boolean') return true;
  const words = limits.enum;
  if (words !== undefined) return words[number % words.length];
  if (def.type === 'number') return (limits.minimum ?? 0) + number;
  if (limits.format === 'snowflake') return String(175_928_847_299_117_063n + BigInt(number));
  return 'a'.repeat(Math.max(limits.minLength ?? 0, 1));
}
