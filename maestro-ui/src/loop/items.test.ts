import { expect, test } from 'vitest';
import { itemsOf, nameOf } from './items';

test('items are read by name, with any value', () => {
  expect(itemsOf('date=2026*, hour = 3')).toEqual({ date: '2026*', hour: '3' });
  expect(itemsOf('query=a=b')).toEqual({ query: 'a=b' });
});

test('what is no pair is no filter', () => {
  expect(itemsOf(undefined)).toBeUndefined();
  expect(itemsOf('dat')).toBeUndefined();
  expect(itemsOf('=3')).toBeUndefined();
});

test('an iteration goes by its items', () => {
  expect(nameOf({ date: '20210117', hour: 3 })).toBe('date=20210117, hour=3');
});
