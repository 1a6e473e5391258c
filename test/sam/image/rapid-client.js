/**
 * Stands in for the one native part of AWS's runtime interface client: the HTTP calls of the Runtime API, which that package
 * would compile from C++ at installation. Everything else in the container is AWS's own: emulator, client, error texts.
 * Loaded by `node --import`, before the client asks for `rapid-client.node`.
 * @see Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes"
 */
import { Agent, request } from 'node:http';
import Module from 'node:module';

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body, headers) {
  return new Promise((resolve, reject) => {
    const options = { hostname, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}`, headers };
    const sent = request(options, (response) => {
      let bodyJson = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (bodyJson += chunk));
      response.on('end', () => resolve({ bodyJson, headers: response.headers }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The original posts synchronously; here the next invocation waits until the last answer has been posted. */
let posted = Promise.resolve();

function post(path, body, headers) {
  posted = call('POST', path, body, { 'Content-Type': 'application/json', ...headers });
}

const client = {
  next: async () => {
    await posted;
    return call('GET', 'next');
  },
  done: (id, body) => post(`${id}/response`, body),
  error: (id, body, cause) => post(`${id}/error`, body, { 'Lambda-Runtime-Function-XRay-Error-Cause': cause }),
};

const loadNative = Module._extensions['.node'];
Module._extensions['.node'] = (module, file) => {
  if (file.endsWith('/rapid-client.node')) module.exports = client;
  else loadNative(module, file);
};
