import { expect, test } from 'vitest';
import { boundsOf, daysOf } from './days';

const NOW = Date.parse('2026-11-18T10:00:00Z'); // a Wednesday

const run = (at: string, status: 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS') => ({
  create_time: Date.parse(at),
  status,
});

test('weeks begin with Monday and end today', () => {
  const days = daysOf([], false, NOW, 'utc', 2);
  expect(days.map(({ date }) => date)).toEqual([
    ...['09', '10', '11', '12', '13', '14', '15', '16', '17', '18'].map((day) => `2026-11-${day}`),
  ]);
});

test('a day is what its worst run is', () => {
  const runs = [
    run('2026-11-18T09:00:00Z', 'IN_PROGRESS'),
    run('2026-11-17T09:00:00Z', 'SUCCEEDED'),
    run('2026-11-17T08:00:00Z', 'FAILED'),
    run('2026-11-16T08:00:00Z', 'SUCCEEDED'),
  ];
  expect(daysOf(runs, false, NOW, 'utc', 1)).toEqual([
    { date: '2026-11-16', runs: 1, failed: 0, tone: 'succeeded' },
    { date: '2026-11-17', runs: 2, failed: 1, tone: 'failed' },
    { date: '2026-11-18', runs: 1, failed: 0, tone: 'running' },
  ]);
});

test('days of which not all runs are known are left out', () => {
  const runs = [run('2026-11-18T09:00:00Z', 'SUCCEEDED'), run('2026-11-17T09:00:00Z', 'SUCCEEDED')];
  expect(daysOf(runs, true, NOW, 'utc', 3).map(({ date }) => date)).toEqual(['2026-11-18']);
});

test('a day has bounds', () => {
  expect(boundsOf('2026-11-18', 'utc')).toEqual({
    from: Date.parse('2026-11-18T00:00:00Z'),
    to: Date.parse('2026-11-19T00:00:00Z'),
  });
});
