import { expect, test } from 'vitest';
import { type Change, newsOf } from './live';

function instances(...keys: string[]): Change[] {
  return keys.map((key) => ({ type: 'instance', key, version: 1 }));
}

test('a burst of one workflow is one piece of news about it', () => {
  const burst = instances(...Array.from({ length: 500 }, (_, index) => `orders#${index + 1}`));
  const { instances: told, all } = newsOf(burst);
  expect([...told.keys()]).toEqual(['orders']);
  expect(told.get('orders')?.size).toBe(500);
  expect(all).toBe(false);
});

test('an instance is told of once, whatever its workflow is called', () => {
  const { instances: told } = newsOf(instances('a#b#12', 'a#b#12'));
  expect([...(told.get('a#b') ?? [])]).toEqual([12]);
});

test('loops and everything are told of, too', () => {
  const { loops, all } = newsOf([
    { type: 'loop', key: 'maestro_foreach_x', version: 1 },
    { type: 'all', key: '', version: 1 },
  ]);
  expect([...loops]).toEqual(['maestro_foreach_x']);
  expect(all).toBe(true);
});

test('which instances have ended is told, and of which workflows too many changed to name them', () => {
  const { ended, instances, workflows } = newsOf([
    { type: 'instance', key: 'orders#1', version: 1, ended: true },
    { type: 'instance', key: 'orders#2', version: 1 },
    { type: 'workflow', key: 'imports', version: 1 },
  ]);
  expect([...(instances.get('orders') ?? [])]).toEqual([1, 2]);
  expect([...(ended.get('orders') ?? [])]).toEqual([1]);
  expect([...workflows]).toEqual(['imports']);
});
