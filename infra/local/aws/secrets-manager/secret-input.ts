import { AwsError } from '../aws-error.ts';
import { checkMembers, isJsonObject, readBlob, readFlag, readInteger, readText, requireText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import type { PasswordRules } from './random-password.ts';
import type { SecretValue } from './secret-vault.ts';

/** Bytes; counted as characters for text, which is the same for ASCII. */
const VALUE = { min: 1, max: 65_536 };

/** Reads the value that a write brings; absent when it brings none. @throws AwsError when it brings two */
export function readValue(input: JsonObject): SecretValue | undefined {
  const text = readText(input, 'SecretString', VALUE);
  const bytes = readBlob(input, 'SecretBinary', VALUE);
  if (text !== undefined && bytes !== undefined) {
    throw new AwsError('InvalidParameterException', 'You must provide either SecretString or SecretBinary.');
  }
  if (bytes !== undefined) return { kind: 'SecretBinary', text: bytes.toString('base64') };
  return text === undefined ? undefined : { kind: 'SecretString', text };
}

/** A label of the caller's own. */
export interface Tag {
  Key: string;
  Value: string;
}

/** Reads `Tags`; absent is none. @throws AwsError when they are no list of keys with values */
export function readTags(input: JsonObject): Tag[] {
  const tags = input['Tags'] ?? [];
  if (!Array.isArray(tags)) throw new AwsError('SerializationException', 'Tags must be a list');
  return tags.map((tag: unknown) => {
    if (!isJsonObject(tag)) throw new AwsError('SerializationException', 'a tag must be a structure');
    checkMembers(tag, ['Key', 'Value']);
    return {
      Key: requireText(tag, 'Key', { min: 1, max: 128 }),
      Value: readText(tag, 'Value', { min: 0, max: 256 }) ?? '',
    };
  });
}

/** Reads the members of GetRandomPassword, with AWS's defaults. */
export function readPasswordRules(input: JsonObject): PasswordRules {
  const flags = ['ExcludeLowercase', 'ExcludeUppercase', 'ExcludeNumbers', 'ExcludePunctuation', 'IncludeSpace'];
  checkMembers(input, ['PasswordLength', 'ExcludeCharacters', 'RequireEachIncludedType', ...flags]);
  return {
    length: readInteger(input, 'PasswordLength', { min: 1, max: 4096 }) ?? 32,
    excludeCharacters: readText(input, 'ExcludeCharacters', { min: 0, max: 4096 }) ?? '',
    excludeLowercase: readFlag(input, 'ExcludeLowercase'),
    excludeUppercase: readFlag(input, 'ExcludeUppercase'),
    excludeNumbers: readFlag(input, 'ExcludeNumbers'),
    excludePunctuation: readFlag(input, 'ExcludePunctuation'),
    includeSpace: readFlag(input, 'IncludeSpace'),
    requireEachIncludedType: input['RequireEachIncludedType'] == null || readFlag(input, 'RequireEachIncludedType'),
  };
}
