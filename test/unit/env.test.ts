import { afterEach, describe, expect, it } from 'vitest';
import { ENV, MissingEnvError, readEnv } from '../../shared/env.ts';

const names = Object.values(ENV);
const before = names.map((name) => [name, process.env[name]] as const);

function setOnly(variables: Readonly<Record<string, string>>): void {
  for (const name of names) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, variables);
}

afterEach(() => {
  setOnly({});
  for (const [name, value] of before) if (value !== undefined) process.env[name] = value;
});

describe('readEnv', () => {
  it('gives the asked variables under their keys, and no others', () => {
    setOnly({ TABLE_NAME: 't', PUBLIC_BASE_URL: 'https://gateway.example', TOKEN_KEY_ARN: 'arn' });

    expect(readEnv('tableName', 'publicBaseUrl')).toEqual({
      tableName: 't',
      publicBaseUrl: 'https://gateway.example',
    });
  });

  it('names every variable that is missing or empty, and no value of another', () => {
    setOnly({ TABLE_NAME: 'table-value', TOKEN_KEY_ARN: '' });
    const read = () => readEnv('tableName', 'tokenKeyArn', 'discordBaseUrl');

    expect(read).toThrow(MissingEnvError);
    expect(read).toThrow(/^missing environment variable: TOKEN_KEY_ARN, DISCORD_BASE_URL$/);
  });
});
