import { expect, test } from 'vitest';
import { bodyOf, FIRST, timesFor } from './asked';

test('what was left empty is left to the server', () => {
  expect(bodyOf({ ...FIRST, from: '2026-01-01', to: '2026-01-31' })).toEqual({
    days: { from: '2026-01-01', to: '2026-01-31', step: 1 },
    order: 'oldest_first',
    concurrency: 1,
    skip: 'none',
  });
});

test('values are a line each', () => {
  expect(bodyOf({ ...FIRST, kind: 'listed', values: 'a\nb\n', param: 'shop', maxFailures: '10%' })).toEqual({
    values: ['a', 'b'],
    param: 'shop',
    max_failures: '10%',
    order: 'oldest_first',
    concurrency: 1,
    skip: 'none',
  });
});

test('another kind of range keeps the days, with or without a time of day', () => {
  const days = { ...FIRST, from: '2026-01-01', to: '2026-01-31' };
  const hours = timesFor('hours', days);
  expect(hours).toEqual({ from: '2026-01-01T00:00', to: '2026-01-31T23:00' });
  expect(timesFor('cron', { ...days, ...hours })).toEqual(hours);
  expect(timesFor('days', { ...days, ...hours })).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  expect(timesFor('hours', FIRST)).toEqual({ from: '', to: '' });
});
