import type { ActionDefinition } from './action.ts';

/** Which of Discord's resources an action is about, as its documentation sorts them: `user`, `guild`, `channel`, `message`, … */
export function toResource({ docs }: Pick<ActionDefinition, 'docs'>): string {
  return /\/resources\/([a-z-]+)/.exec(docs)?.[1] ?? 'other';
}
