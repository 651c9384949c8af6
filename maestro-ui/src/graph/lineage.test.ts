import { expect, test } from 'vitest';
import { boxesOf } from './lineage';

test('both ways make one drawing around what is asked for', () => {
  const after = {
    nodes: [
      { kind: 'WORKFLOW' as const, workflow_id: 'load' },
      { kind: 'NAME' as const, name: 'loaded' },
    ],
    edges: [{ from: 0, to: 1, kind: 'ANNOUNCED' as const, cycle: false }],
    truncated: false,
  };
  const before = {
    nodes: [
      { kind: 'WORKFLOW' as const, workflow_id: 'load' },
      { kind: 'NAME' as const, name: 'arrived' },
    ],
    edges: [{ from: 1, to: 0, kind: 'SUBSCRIBED' as const, cycle: false }],
    truncated: false,
  };
  const { boxes } = boxesOf([after, before], { of: 'workflow', workflow: 'load' }, ({ kind }) => kind);
  expect(boxes.map(({ id, isCentre, successors }) => [id, isCentre, successors])).toEqual([
    ['workflow load', true, ['name loaded']],
    ['name loaded', false, []],
    ['name arrived', false, ['workflow load']],
  ]);
});
