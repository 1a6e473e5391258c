import { AwsError } from './aws-error.ts';

/** A JSON object whose members are not checked yet. */
export type JsonObject = Record<string, unknown>;

/** Tells an object from the other JSON values. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Bounds of a member, in characters (text), bytes (blob) or as value (number). */
interface Bounds {
  min: number;
  max: number;
}

/**
 * Refuses members that the local operation does not know. AWS ignores unknown ones, but a known one that we ignored would
 * make local and real behaviour differ without a word.
 */
export function checkMembers(input: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(input).find((key) => !known.includes(key) && input[key] != null);
  if (unknown !== undefined) throw new AwsError('ValidationException', `the local server does not support ${unknown}`);
}

/** Reads an optional string. `null` counts as absent, as at AWS. @throws AwsError SerializationException, ValidationException */
export function readText(input: JsonObject, key: string, bounds: Bounds): string | undefined {
  const value = input[key];
  if (value == null) return undefined;
  if (typeof value !== 'string') throw new AwsError('SerializationException', `${key} must be a string`);
  checkBounds(key, 'length', value.length, bounds);
  return value;
}

/** Reads a string that must be there. @see readText */
export function requireText(input: JsonObject, key: string, bounds: Bounds): string {
  return readText(input, key, bounds) ?? refuse(key, 'Member must not be null');
}

/** Reads an optional blob, base64 on the wire. */
export function readBlob(input: JsonObject, key: string, bounds: Bounds): Buffer | undefined {
  const text = readText(input, key, { min: 0, max: Infinity });
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  // Buffer skips what is not base64; encoding again shows whether it had to.
  if (bytes.toString('base64') !== text) throw new AwsError('SerializationException', `${key} must be base64`);
  checkBounds(key, 'length', bytes.length, bounds);
  return bytes;
}

/** Reads a blob that must be there. @see readBlob */
export function requireBlob(input: JsonObject, key: string, bounds: Bounds): Buffer {
  return readBlob(input, key, bounds) ?? refuse(key, 'Member must not be null');
}

/** Reads an optional whole number. */
export function readInteger(input: JsonObject, key: string, bounds: Bounds): number | undefined {
  const value = input[key];
  if (value == null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new AwsError('SerializationException', `${key} must be an integer`);
  }
  checkBounds(key, 'value', value, bounds);
  return value;
}

/** Reads an optional boolean; absent is `false`. */
export function readFlag(input: JsonObject, key: string): boolean {
  const value = input[key];
  if (value == null) return false;
  if (typeof value !== 'boolean') throw new AwsError('SerializationException', `${key} must be a boolean`);
  return value;
}

/** Reads an optional member that must be one of a few words. */
export function readChoice<T extends string>(input: JsonObject, key: string, choices: readonly T[]): T | undefined {
  const text = readText(input, key, { min: 0, max: Infinity });
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  return choice ?? refuse(key, `Member must satisfy enum value set: [${choices.join(', ')}]`);
}

/** Reads an optional map from string to string; absent is empty. */
export function readTextMap(input: JsonObject, key: string): Record<string, string> {
  const value = input[key];
  if (value == null) return {};
  if (!isJsonObject(value) || Object.values(value).some((entry) => typeof entry !== 'string')) {
    throw new AwsError('SerializationException', `${key} must be a map of strings`);
  }
  return value as Record<string, string>;
}

/** Reads an optional list of strings. */
export function readTextList(input: JsonObject, key: string): string[] | undefined {
  const value = input[key];
  if (value == null) return undefined;
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
    throw new AwsError('SerializationException', `${key} must be a list of strings`);
  }
  return value;
}

function checkBounds(key: string, what: 'length' | 'value', amount: number, { min, max }: Bounds): void {
  if (amount < min) refuse(key, `Member must have ${what} greater than or equal to ${min}`);
  if (amount > max) refuse(key, `Member must have ${what} less than or equal to ${max}`);
}

/** AWS's wording, without the value: it may be a secret. */
function refuse(key: string, constraint: string): never {
  const member = key.charAt(0).toLowerCase() + key.slice(1);
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
