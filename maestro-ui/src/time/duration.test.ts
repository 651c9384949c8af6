import { expect, test } from 'vitest';
import { duration } from './duration';

test('a duration has two units at most', () => {
  expect(duration(85)).toBe('85 ms');
  expect(duration(3_240)).toBe('3.2 s');
  expect(duration(42_000)).toBe('42 s');
  expect(duration(61_500)).toBe('1 min 1 s');
  expect(duration(3_600_000)).toBe('1 h');
  expect(duration(90_061_000)).toBe('1 d 1 h');
});

test('what began in the future took no time', () => {
  expect(duration(-5)).toBe('0 ms');
});
