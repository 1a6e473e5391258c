import { AwsError } from '../aws-error.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const NUMBERS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** What a password may hold; every absent member is AWS's default. */
export interface PasswordRules {
  length: number;
  excludeCharacters: string;
  excludeLowercase: boolean;
  excludeUppercase: boolean;
  excludeNumbers: boolean;
  excludePunctuation: boolean;
  includeSpace: boolean;
  /** At least one character of each kind that is not excluded. */
  requireEachIncludedType: boolean;
}

/**
 * Builds a random password.
 * @param random - gives that many random bytes
 * @throws AwsError InvalidParameterException when nothing is left to choose from, or too little room for each kind
 * @see Secrets Manager API reference: GetRandomPassword
 */
export function buildRandomPassword(rules: PasswordRules, random: (bytes: number) => Buffer): string {
  const kinds = [
    rules.excludeLowercase ? '' : LOWER,
    rules.excludeUppercase ? '' : UPPER,
    rules.excludeNumbers ? '' : NUMBERS,
    rules.excludePunctuation ? '' : PUNCTUATION,
    rules.includeSpace ? ' ' : '',
  ]
    .map((kind) =>
      Array.from(kind)
        .filter((character) => !rules.excludeCharacters.includes(character))
        .join(''),
    )
    .filter((kind) => kind !== '');
  const alphabet = kinds.join('');
  const required = rules.requireEachIncludedType ? kinds : [];
  if (alphabet === '' || required.length > rules.length) {
    throw new AwsError('InvalidParameterException', 'The password rules leave no possible password.');
  }

  const characters = required.map((kind) => pick(kind, random));
  while (characters.length < rules.length) characters.push(pick(alphabet, random));
  return shuffle(characters, random).join('');
}

/** Builds text of ASCII letters and digits, as at the end of a secret's ARN. */
export function buildRandomText(length: number, random: (bytes: number) => Buffer): string {
  return Array.from({ length }, () => pick(LOWER + UPPER + NUMBERS, random)).join('');
}

function pick(alphabet: string, random: (bytes: number) => Buffer): string {
  return alphabet.charAt(pickIndex(alphabet.length, random));
}

/** Even over 0 to size - 1 (size below 65,536): a remainder alone would favour the first ones, so the overhang is dropped. */
function pickIndex(size: number, random: (bytes: number) => Buffer): number {
  const bound = 65_536 - (65_536 % size);
  for (;;) {
    const value = random(2).readUInt16BE(0);
    if (value < bound) return value % size;
  }
}

/** Fisher–Yates: without it the required kinds would stand in front. */
function shuffle(characters: string[], random: (bytes: number) => Buffer): string[] {
  const rest = [...characters];
  return characters.flatMap(() => rest.splice(pickIndex(rest.length, random), 1));
}
