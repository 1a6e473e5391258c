import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildSamFiles } from '../../infra/sam/build-sam-files.ts';
import { forwardPorts, toContainerUrl } from '../../infra/sam/container-access.ts';
import { buildInvokeArgs, buildStartArgs, toShellLine } from '../../infra/sam/sam-command.ts';
import { parseSamOptions } from '../../infra/sam/sam-options.ts';
import { findFunctionId } from '../../infra/sam/start-sam-world.ts';
import { readTemplate } from '../../infra/local/gateway/read-template.ts';
import { makeAssembly, makeTemplate } from '../local/gateway/make-template.ts';

const FILES = { templateFile: 'cdk.out/a b.json', envVarsFile: 'env.json', region: 'us-east-1' };

describe('buildSamFiles', () => {
  const parts = {
    functions: { Fn: { Environment: { Variables: { PUBLIC_BASE_URL: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } } } },
  };
  const template = makeTemplate(parts);
  const { functions } = readTemplate({
    assembly: makeAssembly(parts),
    resources: new Map(),
    environment: { AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:4000', AWS_REGION: 'us-east-1', OTHER: 'x' },
    credentialsOf: (id) => ({ AWS_ACCESS_KEY_ID: `KEY-${id}` }),
    publicOrigin: 'http://localhost:3000',
  });
  const files = buildSamFiles(template, functions);

  it('resolves the template’s variables and adds endpoints, as a container reaches them, and the role’s credentials', () => {
    expect(files.envVars).toEqual({
      Fn: {
        AWS_ACCESS_KEY_ID: 'KEY-Fn',
        AWS_ENDPOINT_URL_KMS: 'http://host.localhost:4000',
        AWS_REGION: 'us-east-1',
        PUBLIC_BASE_URL: 'http://localhost:3000',
      },
    });
  });

  it('declares every variable, without which SAM would not pass it', () => {
    const declared = JSON.parse(JSON.stringify(files.template)).Resources.Fn.Properties.Environment.Variables;

    expect(Object.keys(declared).sort()).toEqual(Object.keys(files.envVars['Fn'] ?? {}).sort());
  });

  it('changes nothing else of the template', () => {
    const without = JSON.parse(JSON.stringify(files.template));
    without.Resources.Fn.Properties.Environment = parts.functions.Fn.Environment;

    expect(without).toEqual(template);
  });
});

describe('toContainerUrl', () => {
  it.each([
    ['http://127.0.0.1:4000', 'http://host.localhost:4000'],
    ['http://localhost:3001', 'http://host.localhost:3001'],
    ['https://discord.com', 'https://discord.com'],
  ])('makes %s %s', (url, expected) => {
    expect(toContainerUrl(url)).toBe(expected);
  });
});

describe('forwardPorts', () => {
  it('passes what comes to the address on to loopback', async () => {
    const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    // The whole of 127.0.0.0/8 is this machine.
    const stop = await forwardPorts('127.0.0.2', [port]);
    onTestFinished(() => {
      stop();
      server.close();
    });

    const answer = await fetch(`http://127.0.0.2:${port}/`, { headers: { connection: 'close' } });

    expect(await answer.text()).toBe('hello');
  });

  it('leaves an address of another machine alone', async () => {
    const stop = await forwardPorts('192.0.2.1', [4000]);

    expect(stop).not.toThrow();
  });
});

describe('the command lines of sam', () => {
  it('serve with warm containers that reach this machine', () => {
    expect(toShellLine(buildStartArgs(FILES, 3000))).toBe(
      "sam local start-api --template 'cdk.out/a b.json' --env-vars env.json --region us-east-1 --add-host host.localhost:host-gateway --warm-containers LAZY --port 3000",
    );
  });

  it('run one function with an event', () => {
    expect(buildInvokeArgs(FILES, 'Fn', 'event.json').slice(0, 3)).toEqual(['local', 'invoke', 'Fn']);
    expect(buildInvokeArgs(FILES, 'Fn', 'event.json').slice(-2)).toEqual(['--event', 'event.json']);
  });
});

describe('parseSamOptions', () => {
  it('passes on to sam what follows --', () => {
    expect(parseSamOptions(['--json', '--', '--debug', '--skip-pull-image'])).toMatchObject({
      isJson: true,
      samArgs: ['--debug', '--skip-pull-image'],
    });
  });

  it('wants an event for --invoke', () => {
    expect(() => parseSamOptions(['--invoke', 'Portal'])).toThrow('--invoke and --event go together');
  });
});

describe('findFunctionId', () => {
  const ids = ['PortalFunctionC13187AC', 'AuthorizeFunction6EA1BF62'];

  it('finds a function by its name in the stack', () => {
    expect(findFunctionId(ids, 'Portal')).toBe('PortalFunctionC13187AC');
    expect(findFunctionId(ids, 'AuthorizeFunction6EA1BF62')).toBe('AuthorizeFunction6EA1BF62');
  });

  it('names what there is', () => {
    expect(() => findFunctionId(ids, 'Nothing')).toThrow('no function Nothing; there are Portal, Authorize');
  });
});
