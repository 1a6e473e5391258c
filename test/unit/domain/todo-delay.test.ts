import { describe, expect, it } from 'vitest';
import { computeTodoDelay } from '../../../shared/domain/todo-delay.ts';

describe('computeTodoDelay', () => {
  it.each([
    [0, 60],
    [299, 60],
    [300, 300],
    [1_799, 300],
    [1_800, 1_800],
    [7_199, 1_800],
    [7_200, 3_600],
    [30 * 86_400, 3_600],
  ])('is, at an age of %i s, %i s', (age, delay) => {
    expect(computeTodoDelay(1_000, 1_000 + age)).toBe(delay);
  });

  it('is the shortest for a to-do from a clock that was ahead', () => {
    expect(computeTodoDelay(9_000, 1_000)).toBe(60);
  });
});
