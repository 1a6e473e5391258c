import { expect } from 'vitest';
import type { Harness } from '../support/harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import type { DiscordTap } from './discord-tap.ts';

/** What the layer adds to a message that does not say itself whom it may mention. */
export const NO_MENTIONS = '"allowed_mentions":{"parse":[]}';

/** The caller's JSON with members right behind the brace, and everything else as it was. */
export function addMembers(text: string, members: string): string {
  const at = text.indexOf('{') + 1;
  const isEmpty = text.slice(at).trim() === '}';
  return `${text.slice(0, at)}${members}${isEmpty ? '' : ','}${text.slice(at)}`;
}

/** A message as it has to arrive at Discord. */
export function addQuiet(text: string): string {
  return text.includes('"allowed_mentions"') ? text : addMembers(text, NO_MENTIONS);
}

/** Sends bodies through the layer and compares what came to Discord, and what came back, letter by letter. */
export class RoundTrip {
  readonly #harness: Harness;
  readonly #connection: string;
  readonly #tap: DiscordTap;

  constructor(harness: Harness, connection: string, tap: DiscordTap) {
    this.#harness = harness;
    this.#connection = connection;
    this.#tap = tap;
  }

  send(
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<JsonAnswer> {
    return this.#harness.wire.send(method, `/connections/${this.#connection}/api/v10${path}`, {
      key: this.#harness.key,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
  }

  /**
   * Sends JSON that has to arrive as `arrives`.
   * @returns the answer, which is Discord's own
   */
  async expectUnchanged(method: string, path: string, sent: string, arrives: string): Promise<JsonAnswer['json']> {
    const answer = await this.send(method, path, sent);
    const write = this.#tap.lastWrite();

    expect([answer.status, answer.text]).toEqual([write.answer.status, write.answer.text]);
    expect(answer.status).toBeLessThan(300);
    expect(write.body.toString('utf8')).toBe(arrives);
    expect(write.contentType).toBe('application/json');
    return answer.json;
  }
}
