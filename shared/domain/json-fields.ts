/** Reads parsed JSON of any form: what is not of the form that is asked for is not there. */

export function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

export function readText(value: unknown, name: string): string | undefined {
  const member = readMember(value, name);
  return typeof member === 'string' ? member : undefined;
}

export function readNumber(value: unknown, name: string): number | undefined {
  const member = readMember(value, name);
  return typeof member === 'number' ? member : undefined;
}

export function readList(value: unknown, name: string): readonly unknown[] {
  const member: unknown = readMember(value, name);
  return Array.isArray(member) ? member : [];
}

export function readTexts(value: unknown, name: string): string[] {
  return readList(value, name).filter((item) => typeof item === 'string');
}

export function listNames(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** Every string within, at any depth. */
export function collectTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collectTexts) : [];
}
