import { describe, expect, it } from 'vitest';
import { isPassBehind, isPassDue } from '../../../shared/domain/patrol-schedule.ts';

const HOUR = 3_600;
const NOW = 1_000_000;

describe('isPassDue', () => {
  it.each([
    ['there was none', {}, true],
    ['the last began a day ago', { lastPassBeganAtEpochSeconds: NOW - 24 * HOUR }, true],
    ['the last began less than a day ago', { lastPassBeganAtEpochSeconds: NOW - 24 * HOUR + 1 }, false],
    ['it is wanted', { lastPassBeganAtEpochSeconds: NOW, isPassWanted: true }, true],
    ['the last began a little ahead of this clock', { lastPassBeganAtEpochSeconds: NOW + HOUR }, false],
    ['the last began in a future that cannot be', { lastPassBeganAtEpochSeconds: NOW + HOUR + 1 }, true],
  ])('when %s', (_when, times, isDue) => {
    expect(isPassDue(times, NOW)).toBe(isDue);
  });
});

describe('isPassBehind', () => {
  it.each([
    ['none was begun yet', {}, false],
    ['the last ended two days ago', { lastPassEndedAtEpochSeconds: NOW - 48 * HOUR }, false],
    ['the last ended longer ago', { lastPassEndedAtEpochSeconds: NOW - 48 * HOUR - 1 }, true],
    ['the first has not ended for two days', { pass: { beganAtEpochSeconds: NOW - 48 * HOUR - 1 } }, true],
  ])('when %s', (_when, times, isBehind) => {
    expect(isPassBehind(times, NOW)).toBe(isBehind);
  });
});
