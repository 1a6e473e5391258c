import { AwsError } from '../aws-error.ts';
import { checkMembers, readBlob, readFlag, readInteger, readText } from '../aws-input.ts';
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
