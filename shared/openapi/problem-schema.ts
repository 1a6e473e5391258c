import { PROBLEM_TEXTS } from '../problems/problem-texts.ts';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;

/** A problem as it goes out (`shared/problems/problem.ts`). @see RFC 9457 */
export const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { ...text, format: 'uri', description: "The code's own page" },
    title: text,
    status: { type: 'integer' },
    detail: { ...text, description: 'What happened and what to do next' },
    instance: { ...text, description: 'The request, as the log has it' },
    code: { ...text, enum: Object.keys(PROBLEM_TEXTS) },
    retry_after_seconds: { type: 'number' },
    errors: {
      type: 'array',
      description: 'What was wrong in the input, and where',
      items: {
        type: 'object',
        required: ['detail'],
        properties: {
          pointer: { ...text, description: 'JSON Pointer (RFC 6901) into the body' },
          parameter: text,
          detail: text,
          code: { ...text, description: "Discord's own name of the fault" },
        },
      },
    },
    missing: texts,
    allowed: texts,
    max_bytes: { type: 'integer' },
    attempts_left: { type: 'integer' },
    status_reason: text,
    who: {
      ...text,
      enum: ['actor', 'bot'],
      description: 'Whose it is that is missing; the actor is the connected user',
    },
    where: { ...text, enum: ['guild', 'channel'] },
    place_id: text,
    discord: {
      type: 'object',
      properties: { code: { type: 'integer' }, status: { type: 'integer' }, scope: text, bucket: text },
    },
  },
} as const;
