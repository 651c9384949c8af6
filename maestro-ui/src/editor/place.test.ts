import { expect, test } from 'vitest';
import { ITEM, spotAt } from './place';

/** The spot where a text has a bar. */
function at(text: string) {
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes('|'));
  const column = (lines[line] ?? '').indexOf('|');
  const { path, kind, word } = spotAt(
    lines.map((one) => one.replace('|', '')),
    line,
    column,
  );
  return [path.map((step) => (step === ITEM ? '-' : step)).join(' '), kind, word];
}

test('keys stand behind the keys that are further to the left', () => {
  expect(at('wor|')).toEqual(['', 'key', 'wor']);
  expect(at('workflow:\n  id: a\n  na|')).toEqual(['workflow', 'key', 'na']);
  expect(at('workflow:\n  jobs:\n    - id: a\n      ty|')).toEqual(['workflow jobs -', 'key', 'ty']);
  expect(at('workflow:\n  jobs:\n    - id: a\n    - |')).toEqual(['workflow jobs -', 'key', '']);
  expect(at('workflow:\n  jobs:\n  - id: a\n    ty|')).toEqual(['workflow jobs -', 'key', 'ty']);
  expect(at('workflow:\n  jobs:\n    - id: a\n      retry:\n        err|')).toEqual([
    'workflow jobs - retry',
    'key',
    'err',
  ]);
});

test('what is nested in a loop stands in the loop', () => {
  expect(
    at('workflow:\n  jobs:\n    - foreach:\n        id: a\n        jobs:\n          - id: b\n            ty|'),
  ).toEqual(['workflow jobs - foreach jobs -', 'key', 'ty']);
});

test('values belong to the key before them', () => {
  expect(at('workflow:\n  run_strategy: par|')).toEqual(['workflow run_strategy', 'value', 'par']);
  expect(at('workflow:\n  jobs:\n    - type: |')).toEqual(['workflow jobs - type', 'value', '']);
});

test('braces and brackets are read as far as they are written', () => {
  expect(at('workflow:\n  jobs:\n    - {id: a, type: No|')).toEqual(['workflow jobs - type', 'value', 'No']);
  expect(at('workflow:\n  jobs:\n    - {id: a, ty|')).toEqual(['workflow jobs -', 'key', 'ty']);
  expect(at('workflow:\n  jobs:\n    - {id: a, needs: [b, c|')).toEqual(['workflow jobs - needs -', 'value', 'c']);
  expect(at('workflow:\n  jobs:\n    - {id: a, retry: {errors: 1}, ty|')).toEqual(['workflow jobs -', 'key', 'ty']);
});
