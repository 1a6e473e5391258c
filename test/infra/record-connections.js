// Preloaded with `--import` into every Node process of a synth: notes each attempt to reach a host, and each detached child,
// which could do so after its parent has ended.
import { appendFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const net = require('node:net');
const dns = require('node:dns');
const childProcess = require('node:child_process');

const record = (what) => appendFileSync(process.env.CONNECTIONS_FILE, `${what}\n`);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  // A pipe has a path; tsx talks to itself over one.
  if (!options?.path && typeof options !== 'string') record(`connect ${JSON.stringify(options)}`);
  return connect.apply(this, args);
};
for (const resolver of [dns, dns.promises]) {
  for (const name of Object.keys(resolver).filter((key) => /^(lookup|resolve)/.test(key))) {
    const original = resolver[name];
    resolver[name] = (host, ...rest) => {
      record(`${name} ${host}`);
      return original(host, ...rest);
    };
  }
}
const spawn = childProcess.spawn;
childProcess.spawn = (...args) => {
  if (args.some((arg) => arg?.detached)) record(`detached ${JSON.stringify(args[0])} ${JSON.stringify(args[1])}`);
  return spawn(...args);
};
syncBuiltinESMExports();
