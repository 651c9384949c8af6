import { expect, test } from 'vitest';
import type { Schemas } from '../api/client';
import { planOf } from './plan';

const WORDS = { inside: (count: number) => `${count} inside`, handler: (kind: string) => `words of ${kind}` };

test('each handler is a drawing of its own, below a box that says when its steps run', () => {
  const workflow = {
    id: 'load',
    steps: [{ step: { id: 'load', type: 'NoOp' } }],
    on_failure: [
      { step: { id: 'tell', type: 'Http', transition: { successors: { load: 'true' } } } },
      { step: { id: 'load', type: 'NoOp' } },
    ],
  } as unknown as Schemas['DefinitionWorkflow'];
  expect(planOf(workflow, WORDS).map(({ id, title, detail, successors }) => [id, title, detail, successors])).toEqual([
    ['load', 'load', 'NoOp', []],
    ['on_failure', 'on_failure', 'words of on_failure', ['on_failure tell']],
    ['on_failure tell', 'tell', 'Http', ['on_failure load']],
    ['on_failure load', 'load', 'NoOp', []],
  ]);
});
