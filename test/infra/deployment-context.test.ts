import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DeploymentContextError, parseDeploymentContext } from '../../infra/deployment-context.ts';
import { synthesizeTemplate } from './synthesized-template.ts';

const parse = (context: Record<string, unknown>) => parseDeploymentContext((name) => context[name]);

describe('parseDeploymentContext', () => {
  it('has a default for everything', () => {
    expect(parse({})).toEqual({
      architecture: 'arm64',
      discordBaseUrl: 'https://discord.com',
      returnOrigins: [],
      existingStorage: undefined,
      domain: undefined,
    });
  });

  it('takes return origins as an array or as a comma-separated list, each once', () => {
    const origins = ['https://app.example', 'https://app.example:8443'];

    expect(parse({ returnOrigins: origins }).returnOrigins).toEqual(origins);
    expect(parse({ returnOrigins: 'https://app.example, https://app.example:8443,' }).returnOrigins).toEqual(origins);
    expect(parse({ returnOrigins: [...origins, ...origins] }).returnOrigins).toEqual(origins);
    expect(parse({ returnOrigins: '' }).returnOrigins).toEqual([]);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://app.localhost'])(
    'takes plain http on loopback: %s',
    (origin) => {
      expect(parse({ discordBaseUrl: origin }).discordBaseUrl).toBe(origin);
    },
  );

  it.each([
    ['https://app.example/', 'write "https://app.example"'],
    ['https://app.example/path', 'write "https://app.example"'],
    ['https://app.example?x', 'write "https://app.example"'],
    ['https://app.example#x', 'write "https://app.example"'],
    ['https://user@app.example', 'write "https://app.example"'],
    ['https://app.example:443', 'write "https://app.example"'],
    ['https://APP.example', 'write "https://app.example"'],
    [' https://app.example', 'write "https://app.example"'],
    ['https://bücher.example', 'write "https://xn--bcher-kva.example"'],
    ['http://app.example', 'must use https'],
    ['http://localhost.evil.example', 'must use https'],
    ['ftp://app.example', 'is not an origin'],
    ['javascript:alert(1)', 'is not an origin'],
    ['app.example', 'is not an origin'],
    ['*', 'is not an origin'],
    ['null', 'is not an origin'],
    [7, 'is not an origin'],
  ])('refuses %j as the base URL of Discord and says why', (value, reason) => {
    expect(() => parse({ discordBaseUrl: value })).toThrow(reason);
    expect(() => parse({ discordBaseUrl: value })).toThrow('context discordBaseUrl');
    expect(() => parse({ discordBaseUrl: value })).toThrow(DeploymentContextError);
  });

  it.each([['https://*.example/'], ['https://app.example', 'http://app.example'], [''], [null]])(
    'refuses the return origins %j',
    (...values) => {
      expect(() => parse({ returnOrigins: values })).toThrow(/^context returnOrigins: /);
    },
  );

  it.each([7, true, { origin: 'https://app.example' }])('refuses %j as return origins', (value) => {
    expect(() => parse({ returnOrigins: value })).toThrow('neither an array nor a comma-separated list');
  });

  it.each(['arm', 'X86_64', '', 64])('refuses %j as an architecture', (value) => {
    expect(() => parse({ architecture: value })).toThrow('is neither arm64 nor x86_64');
  });

  it('stops the synth with that message', () => {
    expect(() => synthesizeTemplate({ discordBaseUrl: 'https://discord.com/api' })).toThrow(
      'context discordBaseUrl: "https://discord.com/api" is not a bare origin; write "https://discord.com"',
    );
  });

  it.each(['README.md', 'docs/deploy.md'])('reads exactly what the table of %s explains', (page) => {
    const names = new Set(['stackName']);
    parseDeploymentContext((name) => void names.add(name));

    const [, table = ''] = /\n\| context [^]*?\n\|[-|]+\|\n([^]*?)\n\n/.exec(readFileSync(page, 'utf8')) ?? [];
    const explained = table
      .split('\n')
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));

    expect(explained.toSorted()).toEqual([...names].toSorted());
  });
});
