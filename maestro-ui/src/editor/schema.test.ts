import { expect, test } from 'vitest';
import { ITEM } from './place';
import { explained, keysAt, type Schema, valuesAt } from './schema';

const SCHEMA: Schema = {
  type: 'object',
  properties: { workflow: { $ref: '#/$defs/workflow' } },
  $defs: {
    workflow: {
      type: 'object',
      properties: {
        id: { type: 'string', description: 'Names it.', examples: ['load-orders'] },
        jobs: { type: 'array', items: { $ref: '#/$defs/job' } },
        params: { type: 'object', additionalProperties: { $ref: '#/$defs/param' } },
      },
      required: ['id'],
    },
    job: {
      anyOf: [
        { type: 'object', properties: { type: { anyOf: [{ enum: ['NoOp', 'Shell'] }, { type: 'string' }] } } },
        { type: 'object', properties: { foreach: { $ref: '#/$defs/loop', description: 'A loop.' } } },
      ],
    },
    loop: { type: 'object', properties: { jobs: { type: 'array', items: { $ref: '#/$defs/job' } } } },
    param: {
      anyOf: [{ type: 'object', properties: { strict: { type: 'boolean', description: 'Say.', default: true } } }, {}],
    },
  },
};

test('keys of all alternatives are offered', () => {
  expect(keysAt(SCHEMA, ['workflow']).map(({ name, required }) => [name, required])).toEqual([
    ['id', true],
    ['jobs', false],
    ['params', false],
  ]);
  expect(keysAt(SCHEMA, ['workflow', 'jobs', ITEM]).map(({ name }) => name)).toEqual(['type', 'foreach']);
  expect(keysAt(SCHEMA, ['workflow', 'jobs', ITEM, 'foreach', 'jobs', ITEM]).map(({ name }) => name)).toEqual([
    'type',
    'foreach',
  ]);
  expect(keysAt(SCHEMA, ['workflow', 'params', 'any']).map(({ name }) => name)).toEqual(['strict']);
  expect(keysAt(SCHEMA, ['workflow', 'nothing'])).toEqual([]);
});

test('values are those that are named, and examples', () => {
  expect(valuesAt(SCHEMA, ['workflow', 'jobs', ITEM, 'type']).map(({ name }) => name)).toEqual(['NoOp', 'Shell']);
  expect(valuesAt(SCHEMA, ['workflow', 'id'])).toMatchObject([{ name: 'load-orders', kind: 'example' }]);
  expect(valuesAt(SCHEMA, ['workflow', 'params', 'any', 'strict']).map(({ name }) => name)).toEqual(['true', 'false']);
});

test('a key is explained', () => {
  expect(explained(SCHEMA, ['workflow', 'params', 'any', 'strict'])).toEqual({
    description: 'Say.',
    types: ['boolean'],
    values: ['true', 'false'],
    fallback: true,
  });
  expect(explained(SCHEMA, ['workflow', 'jobs', ITEM, 'foreach'])?.description).toBe('A loop.');
  expect(explained(SCHEMA, ['nowhere'])).toBeUndefined();
});
