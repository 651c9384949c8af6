import { expect, test } from 'vitest';
import { read, typed } from './values';

test('numbers are read as such, and whole ones are whole', () => {
  expect(read('42', 'LONG')).toEqual({ value: 42 });
  expect(read(' -7 ', 'LONG')).toEqual({ value: -7 });
  expect(read('3.5', 'DOUBLE')).toEqual({ value: 3.5 });
  expect(read('3.5', 'LONG')).toEqual({ mistake: 'start.wholeNumber' });
  expect(read('', 'LONG')).toEqual({ mistake: 'start.wholeNumber' });
  expect(read('much', 'DOUBLE')).toEqual({ mistake: 'start.number' });
});

test('a whole number that JavaScript has not stays the digits that were typed', () => {
  expect(read('9007199254740993', 'LONG')).toEqual({ value: '9007199254740993' });
});

test('arrays have a value per line', () => {
  expect(read('a\nb c\n', 'STRING_ARRAY')).toEqual({ value: ['a', 'b c', ''] });
  expect(read('1\n2', 'LONG_ARRAY')).toEqual({ value: [1, 2] });
  expect(read('1\nx', 'LONG_ARRAY')).toEqual({ mistake: 'start.wholeNumber' });
  expect(read('', 'STRING_ARRAY')).toEqual({ value: [] });
});

test('maps are objects of JSON', () => {
  expect(read('{"a": "b"}', 'STRING_MAP')).toEqual({ value: { a: 'b' } });
  expect(read('[1]', 'MAP')).toEqual({ mistake: 'start.object' });
  expect(read('{', 'MAP')).toEqual({ mistake: 'start.object' });
});

test('what is shown of a value is read as that value', () => {
  expect(read(typed([1, 2]), 'LONG_ARRAY')).toEqual({ value: [1, 2] });
  expect(read(typed({ a: 'b' }), 'STRING_MAP')).toEqual({ value: { a: 'b' } });
  expect(read(typed(true), 'BOOLEAN')).toEqual({ value: true });
});
