const text = { type: 'string' } as const;

/** Headers of answers to actions, as `components.headers`. */
export const HEADER_COMPONENTS = {
  RequestId: { description: "Stands in the operator's log", schema: text },
  IntegrationNotice: {
    description: 'Why the answer shows less than it seems to: message_content_intent_missing',
    schema: text,
  },
  IdempotentReplayed: {
    description: 'true: this is the answer to an earlier call with the same Idempotency-Key',
    schema: text,
  },
  Link: { description: 'The next page, as <address>; rel="next", where it can be computed', schema: text },
} as const;

/** What a success of an action can have. */
export const ANSWER_HEADERS = {
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  'Integration-Notice': { $ref: '#/components/headers/IntegrationNotice' },
  'Idempotent-Replayed': { $ref: '#/components/headers/IdempotentReplayed' },
  Link: { $ref: '#/components/headers/Link' },
} as const;
