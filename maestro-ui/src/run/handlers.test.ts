import { expect, test } from 'vitest';
import type { Schemas } from '../api/client';
import { handlersOfRun } from './handlers';

const RUN = {
  status: 'FAILED',
  runtime_workflow: {
    id: 'load',
    steps: [],
    on_end: [{ step: { id: 'clean', type: 'NoOp' } }],
    on_failure: [{ step: { id: 'tell', type: 'NoOp' } }, { foreach: { id: 'all', steps: [] } }],
  },
  handlers: [
    { on: 'on_failure', workflow_id: 'h', workflow_instance_id: 1, workflow_run_id: 1, status: 'IN_PROGRESS' },
  ],
} as unknown as Schemas['InstanceView'];

test('a run has the handlers of its definition, each with what has come of it', () => {
  expect(handlersOfRun(RUN).map(({ kind, steps, run }) => [kind, steps, run?.status])).toEqual([
    ['on_failure', ['tell', 'all'], 'IN_PROGRESS'],
    ['on_end', ['clean'], undefined],
  ]);
  expect(handlersOfRun({ ...RUN, runtime_workflow: undefined })).toEqual([]);
});
