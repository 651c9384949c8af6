import { expect, test } from 'vitest';
import { append, closed, NO_LINES } from './lines';

test('text that comes in pieces makes the same lines as in one', () => {
  const whole = append(NO_LINES, 'one\ntwo\nthree');
  const pieces = ['o', 'ne\nt', 'wo\n', 'three'].reduce(append, NO_LINES);
  expect(pieces).toEqual(whole);
  expect(whole.lines).toEqual(['one', 'two', 'three']);
});

test('a line feed at the end makes no line of its own', () => {
  expect(closed(append(NO_LINES, 'one\n'))).toEqual(['one']);
  expect(closed(NO_LINES)).toEqual([]);
});

test('the first lines make room for the last, and are counted', () => {
  const many = append(NO_LINES, Array.from({ length: 25_000 }, (_, index) => `line ${index + 1}`).join('\n'));
  expect(many.dropped).toBe(5_000);
  expect(many.lines[0]).toBe('line 5001');
  expect(many.lines.at(-1)).toBe('line 25000');
});
