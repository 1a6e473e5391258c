import { PROBLEM_SCHEMA } from './problem-schema.ts';

const { instance: _instance, ...members } = PROBLEM_SCHEMA.properties;

/** What stands against an action: a problem that has not happened yet, and who can mend it. */
export const OBSTACLE_SCHEMA = {
  type: 'object',
  required: [...PROBLEM_SCHEMA.required.filter((name) => name !== 'instance'), 'mended_by'],
  properties: {
    ...members,
    mended_by: { type: 'string', enum: ['app', 'end_user', 'guild_admin', 'operator', 'time'] },
  },
} as const;

/** Whether a call would be made, and if not, everything that stands against it. */
export const DECISION_SCHEMA = {
  type: 'object',
  required: ['dry_run', 'action', 'would_work', 'problems'],
  properties: {
    dry_run: { type: 'boolean', const: true },
    action: { type: 'string' },
    would_work: { type: 'boolean' },
    problems: { type: 'array', items: { $ref: '#/components/schemas/Obstacle' } },
  },
} as const;
