import { connect } from 'node:net';

/** An HTTP answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Lower-case name and value, in order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Values of one header. */
export function headerValues(answer: RawAnswer, name: string): string[] {
  return answer.headers.filter(([found]) => found === name).map(([, value]) => value);
}

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(statusLine.split(' ')[1]), headers, body: text.slice(end + 4) };
}

/** Sends these very bytes (one for each character) and reads until the server closes. */
export function sendRaw(port: number, bytes: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('error', reject);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => resolve(parse(Buffer.concat(chunks).toString())));
    socket.write(Buffer.from(bytes, 'latin1'));
  });
}

/** Sends these bytes and cuts the connection as soon as they are out. */
export function sendAndLeave(port: number, bytes: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.write(bytes, () => socket.resetAndDestroy());
  });
}

/** A request with `Host` and `Connection: close`; header lines are sent as given, the body with its length. */
export function sendRequest(
  port: number,
  requestLine: string,
  headerLines: readonly string[] = [],
  body = '',
): Promise<RawAnswer> {
  const length = body === '' ? [] : [`Content-Length: ${body.length}`];
  const head = [`${requestLine} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headerLines, ...length];
  return sendRaw(port, `${head.join('\r\n')}\r\n\r\n${body}`);
}
