import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { AUTHORITY_RULES } from '../../../shared/catalogue/authority-rule.ts';
import { catalogue } from '../../../shared/catalogue/index.ts';

/** What a schema says against a value; nothing when it takes it. */
const listFaults = (schema: z.ZodMiniType | undefined, value: unknown) =>
  schema?.safeParse(value).error?.issues ?? (schema === undefined ? ['has no schema'] : []);

describe.each(catalogue.map((action) => [action.id, action] as const))('the example of %s', (_, action) => {
  const { pathParameters, query = {}, body, answer } = action.example;

  it('names every path parameter and takes only query parameters that are known, all with values that are accepted', () => {
    expect(Object.keys(pathParameters).toSorted()).toEqual(Object.keys(action.pathParameters).toSorted());
    for (const [name, value] of Object.entries(pathParameters)) {
      expect(listFaults(action.pathParameters[name], value)).toEqual([]);
    }
    for (const [name, value] of Object.entries(query)) expect(listFaults(action.query[name], value)).toEqual([]);
    for (const [name, schema] of Object.entries(action.query)) {
      if (!schema.safeParse(undefined).success) expect(query).toHaveProperty(name);
    }
  });

  it('has a body that is accepted, at least where one is required', () => {
    if (action.body?.isRequired === true || body !== undefined)
      expect(listFaults(action.body?.schema, body)).toEqual([]);
  });

  it('has an answer that is as promised, wherever a success has one', () => {
    expect(answer !== undefined).toBe(action.answer !== undefined);
    expect(action.answer === undefined).toBe(action.successStatuses.every((status) => status === 204) || isTyping());
    if (answer !== undefined) expect(listFaults(action.answer, answer)).toEqual([]);
  });

  /** Discord's document knows a 200 with cooldowns in direct messages of some users; nobody relies on it. */
  function isTyping(): boolean {
    return action.operationId === 'trigger_typing_indicator';
  }
});

describe('what actions need', () => {
  it('names every rule of authority that there is', () => {
    const named = new Set(catalogue.flatMap(({ needs }) => needs.rules));

    expect(Object.keys(AUTHORITY_RULES).filter((name) => !([...named] as string[]).includes(name))).toEqual([]);
  });

  it('is nothing for calls with the own token of the user, and never the channel permission that goes without saying', () => {
    for (const { credential, needs } of catalogue) {
      if (credential === 'user') expect(needs).toEqual({ permissions: [], rules: [], intents: [] });
      expect(needs.permissions).not.toContain('VIEW_CHANNEL');
    }
  });

  it('is MESSAGE_CONTENT for whatever returns messages of others, and GUILD_MEMBERS for lists of members', () => {
    const withIntent = (intent: string) =>
      catalogue
        .filter(({ needs }) => needs.intents.some((needed) => needed === intent))
        .map(({ id }) => id)
        .toSorted();

    expect(withIntent('MESSAGE_CONTENT')).toEqual([
      'guild_messages.search',
      'message.read',
      'messages.list',
      'pins.list',
    ]);
    expect(withIntent('GUILD_MEMBERS')).toEqual(['members.list', 'thread_members.list']);
  });
});

describe('how an action may be repeated', () => {
  it('is left to our own record for what Discord would do twice', () => {
    const recorded = catalogue.filter(({ retry }) => retry === 'recorded');

    expect(recorded.filter(({ method }) => method !== 'POST')).toEqual([]);
    expect(catalogue.filter(({ retry }) => retry === 'nonce').map(({ id }) => id)).toEqual(['message.create']);
  });

  it('is free for a POST only where Discord does the same thing again', () => {
    const free = catalogue.filter(({ method, retry }) => method === 'POST' && retry === 'idempotent');

    expect(free.map(({ id }) => id)).toEqual(['typing.start', 'direct_message.open']);
  });
});
