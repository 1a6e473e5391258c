import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../infra/operator/parse-duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0m', 0],
    ['30m', 1_800],
    ['24h', 86_400],
    ['90d', 7_776_000],
  ])('reads %s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    '',
    '90',
    'd',
    '90 d',
    '90D',
    '1.5h',
    '-1d',
    '1e3d',
    '90d ',
    '1h30m',
    '1234567d',
    '٣d',
    '1s',
    '1w',
    '1constructor',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
