import { answer, api, type Schemas } from './client';
import { filterQuery, type IterationFilter, type RunKey, type StepKey } from './queries';

const MANUAL = { type: 'manual' };

/** Starts an instance; the same request id again starts nothing twice. */
export function start(
  workflowId: string,
  version: string,
  requestId: string,
  params: Schemas['GivenParams'],
): Promise<Schemas['Started']> {
  return answer(
    api.POST('/api/v3/workflows/{workflowId}/versions/{version}/actions/start', {
      params: { path: { workflowId, version } },
      body: { initiator: MANUAL, request_id: requestId, run_params: params },
    }),
  );
}

export type RestartPolicy = 'RESTART_FROM_INCOMPLETE' | 'RESTART_FROM_BEGINNING';

export function restart(key: RunKey, policy: RestartPolicy): Promise<Schemas['Started']> {
  return answer(
    api.POST('/api/v3/workflows/{workflowId}/instances/{instanceId}/actions/restart', {
      params: { path: { workflowId: key.workflowId, instanceId: key.instance } },
      body: { restart_policy: policy, request_id: crypto.randomUUID() },
    }),
  );
}

export function endRun(key: RunKey, action: 'stop' | 'kill'): Promise<Schemas['RunActionAnswer']> {
  return answer(
    api.PUT('/api/v3/workflows/{workflowId}/instances/{instanceId}/actions/{action}', {
      params: { path: { workflowId: key.workflowId, instanceId: key.instance, action } },
    }),
  );
}

export type LoopAction = 'restart' | 'stop' | 'kill';

/** Acts on all iterations that match; a dry run counts them only. */
export function actOnIterations(
  key: StepKey,
  action: LoopAction,
  filter: IterationFilter,
  dryRun: boolean,
): Promise<Schemas['LoopActionAnswer']> {
  return answer(
    api.POST(
      '/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations/actions/{action}',
      {
        params: {
          path: {
            workflowId: key.workflowId,
            instanceId: key.instance,
            run: key.run,
            stepId: key.stepId,
            action,
          },
          query: { ...filterQuery(filter), dry_run: dryRun },
        },
      },
    ),
  );
}
