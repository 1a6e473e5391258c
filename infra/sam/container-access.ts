import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

/**
 * The name under which a container reaches this machine, given to SAM by `--add-host`. A browser takes every name below
 * `localhost` for its own machine (RFC 6761 §6.3), so the address of the simulator's consent page is right on both sides.
 */
export const HOST_NAME = 'host.localhost';

/** Docker puts its own way to the host in place of `host-gateway`, from version 20.10 on. */
export const ADD_HOST = `${HOST_NAME}:host-gateway`;

/** The same URL as a container reaches it; one that is not on this machine's loopback stays as it is. */
export function toContainerUrl(url: string): string {
  const parsed = new URL(url);
  if (!['localhost', '127.0.0.1'].includes(parsed.hostname)) return url;
  return `${parsed.protocol}//${HOST_NAME}:${parsed.port}`;
}

/**
 * The host's address on Docker's default bridge; nothing if there is none. A daemon that has just been started does not name
 * the gateway; it is then the first address of the subnet.
 */
export function findBridgeAddress(): string | undefined {
  const format = '{{range .IPAM.Config}}{{or .Gateway .Subnet}} {{end}}';
  try {
    const answer = execFileSync('docker', ['network', 'inspect', 'bridge', '--format', format], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /\d+\.\d+\.\d+\.\d+(\/\d+)?/.exec(answer)?.[0].replace(/\.0\/\d+$/, '.1');
  } catch {
    return undefined;
  }
}

/**
 * Passes connections to an address of this machine on to the same ports of its loopback: with Docker on Linux, containers
 * arrive at the bridge and do not reach what listens on loopback. An address that is not this machine's is left alone: Docker
 * Desktop has its bridge inside a virtual machine and leads to loopback by itself.
 * @returns what ends it
 */
export async function forwardPorts(address: string, ports: readonly number[]): Promise<() => void> {
  const servers: Server[] = [];
  for (const port of ports) {
    const server = createServer((incoming) => {
      const outgoing = connect({ host: '127.0.0.1', port });
      incoming.pipe(outgoing).pipe(incoming);
      // Either side may go away at any time; the other then goes, too.
      incoming.on('error', () => outgoing.destroy()).on('close', () => outgoing.destroy());
      outgoing.on('error', () => incoming.destroy()).on('close', () => incoming.destroy());
    });
    server.listen({ host: address, port });
    try {
      await once(server, 'listening');
    } catch (error) {
      if (Reflect.get(Object(error), 'code') === 'EADDRNOTAVAIL') break;
      throw error;
    }
    server.unref();
    servers.push(server);
  }
  return () => {
    for (const server of servers) server.close();
  };
}
