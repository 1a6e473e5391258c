import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { answerControlRequest, CONTROL_PREFIX } from './answer-control-request.ts';
import { toErrorAnswer } from './aws-error.ts';
import type { AwsFault, AwsFaults } from './aws-faults.ts';
import type { AwsRequestLog } from './aws-request-log.ts';
import { parseOperation } from './aws-service.ts';
import type { AwsAnswer, AwsRequest, AwsService, AwsServiceName } from './aws-service.ts';

/** Checks a request before anything else happens to it. @returns the refusal, or nothing when it may go on */
export type FindRefusal = (service: AwsServiceName, operation: string, request: AwsRequest) => AwsAnswer | undefined;

/** Bytes. DynamoDB's own limit for one request (16 MB), the largest of the services. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

export interface AwsJsonServer {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  origin: string;
  /** Ends delays and connections, lets running operations finish, closes the service. */
  stop(): Promise<void>;
}

/**
 * Serves one AWS service on loopback: counts the request, checks whether the caller may make it, lets a planted fault strike,
 * hands it to the service.
 * @param options.port - 0 lets the system choose
 * @throws Error naming service and port when the port is taken
 */
export async function startAwsJsonServer(
  service: AwsService,
  options: { port: number; faults: AwsFaults; requests: AwsRequestLog; findRefusal: FindRefusal },
): Promise<AwsJsonServer> {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const { faults, requests } = options;

  const server = createServer((incoming, outgoing) => {
    const work = serve(incoming, outgoing).catch((error: unknown) => {
      if (stopping.signal.aborted || incoming.errored) return void outgoing.destroy();
      console.error(`local ${service.name}:`, error);
      send(outgoing, toErrorAnswer(service.name, 'InternalFailure'));
    });
    running.add(work);
    void work.finally(() => running.delete(work));
  });
  // AWS keeps idle connections for long; Node's 5 s would make the SDK meet a socket that is just being closed.
  server.keepAliveTimeout = 0;

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(addAbortSignal(stopping.signal, incoming));
    if (request === undefined) return void outgoing.writeHead(413).end();
    if (request.url.startsWith(CONTROL_PREFIX)) {
      send(outgoing, answerControlRequest(request, service.name, faults, requests));
      return;
    }
    const operation = parseOperation(request);
    requests.record(service.name, operation);
    const refusal = options.findRefusal(service.name, operation, request);
    if (refusal !== undefined) {
      send(outgoing, refusal);
      return;
    }
    const fault = faults.take(service.name, operation, request.body.toString());
    const answer = await answerWithFault(request, fault);
    if (answer === 'dropped') return void outgoing.destroy();
    send(outgoing, answer);
  }

  async function answerWithFault(request: AwsRequest, fault: AwsFault | undefined): Promise<AwsAnswer | 'dropped'> {
    if (fault === undefined) return service.answer(request);
    const broken = fault.drop ? 'dropped' : fault.error && toErrorAnswer(service.name, fault.error);

    if (fault.after === 'after') {
      const answer = await service.answer(request);
      await delay(fault);
      return broken || answer;
    }
    await delay(fault);
    if (broken) return broken;
    return fault.unprocessed && service.answerPartly !== undefined
      ? service.answerPartly(request, fault.match)
      : service.answer(request);
  }

  async function delay(fault: AwsFault): Promise<void> {
    if (fault.delayMs) await wait(fault.delayMs, undefined, { signal: stopping.signal });
  }

  await listen();
  async function listen(): Promise<void> {
    server.listen(options.port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (cause) {
      await service.close();
      throw new Error(`cannot serve local ${service.name} on port ${options.port}: is it taken?`, { cause });
    }
  }

  return {
    // A listening TCP server has an AddressInfo, never a pipe name.
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      stopping.abort();
      server.close();
      await Promise.all(running);
      server.closeAllConnections();
      await service.close();
    },
  };
}

/** @returns `undefined` when the body is too large; it is read to its end, so that the client is there for the answer */
async function readRequest(incoming: IncomingMessage): Promise<AwsRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) return undefined;
  const { method = '', url = '', headers } = incoming;
  return { method, url, headers, body: Buffer.concat(chunks) };
}

function send(outgoing: ServerResponse, answer: AwsAnswer): void {
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  outgoing.end(answer.body);
}
