import { answer, api, done, type Schemas } from './client';
import { AS_IT_IS, filterQuery, type IterationFilter, type RunKey, type StepKey } from './queries';

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

/** Adds a run to an instance; with a version, if it is to have another one than the run before. */
export function restart(key: RunKey, policy: RestartPolicy, version?: number): Promise<Schemas['Started']> {
  return answer(
    api.POST('/api/v3/workflows/{workflowId}/instances/{instanceId}/actions/restart', {
      params: { path: { workflowId: key.workflowId, instanceId: key.instance } },
      body: {
        restart_policy: policy,
        request_id: crypto.randomUUID(),
        ...(version !== undefined && { version: String(version) }),
      },
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

/** Publishes a text as it was written. */
export function push(text: string): Promise<Schemas['PushAnswer']> {
  return answer(api.POST('/api/v3/workflows/yaml', { ...AS_IT_IS, body: text as never }));
}

export function createBackfill(workflowId: string, body: Schemas['BackfillBody']): Promise<Schemas['BackfillView']> {
  return answer(
    api.POST('/api/v3/workflows/{workflowId}/backfills', { params: { path: { workflowId } }, body }),
  ) as Promise<Schemas['BackfillView']>;
}

export type BackfillAction = 'pause' | 'resume' | 'stop' | 'restart-failed';

export function actOnBackfill(id: string, action: BackfillAction): Promise<Schemas['BackfillView']> {
  return answer(api.PUT('/api/v3/backfills/{id}/actions/{action}', { params: { path: { id, action } } }));
}

export function setBreakpoint(workflowId: string, stepId: string): Promise<Schemas['StepBreakpoint']> {
  const body = { workflow_id: workflowId, step_id: stepId };
  return answer(api.POST('/api/v3/workflows/steps/breakpoints', { body }));
}

/** Removes a breakpoint and lets go on what it holds. */
export function removeBreakpoint(workflowId: string, stepId: string): Promise<Schemas['RemovalAnswer']> {
  const query = { workflowId, stepId, resume: true };
  return answer(api.DELETE('/api/v3/workflows/steps/breakpoints', { params: { query } }));
}

/** Lets one attempt go on; the breakpoint stays. */
export function resumeAttempt(key: StepKey, attempt: Schemas['StepView']): Promise<unknown> {
  return answer(
    api.PUT(
      '/api/v3/workflows/steps/breakpoints/{workflowId}/instances/{instanceId}/runs/{runId}/steps/{stepId}/attempts/{attemptId}/actions/resume',
      {
        params: {
          path: {
            workflowId: key.workflowId,
            instanceId: key.instance,
            runId: attempt.workflow_run_id,
            stepId: key.stepId,
            attemptId: attempt.step_attempt_id,
          },
        },
      },
    ),
  );
}

export type WorkflowAction = 'pause' | 'resume' | 'unblock';

export function actOnWorkflow(workflowId: string, action: WorkflowAction): Promise<unknown> {
  const params = { path: { workflowId } };
  switch (action) {
    case 'pause':
      return answer(api.PUT('/api/v3/workflows/{workflowId}/actions/pause', { params }));
    case 'resume':
      return answer(api.PUT('/api/v3/workflows/{workflowId}/actions/resume', { params }));
    case 'unblock':
      return answer(api.PUT('/api/v3/workflows/{workflowId}/actions/unblock', { params }));
  }
}

export function pauseClock(workflowId: string, paused: boolean): Promise<unknown> {
  const params = { path: { workflowId } };
  return answer(
    paused
      ? api.PUT('/api/v3/workflows/{workflowId}/triggers/time/actions/pause', { params })
      : api.PUT('/api/v3/workflows/{workflowId}/triggers/time/actions/resume', { params }),
  );
}

export function activate(workflowId: string, version: number): Promise<Schemas['VersionChange']> {
  return answer(
    api.PUT('/api/v3/workflows/{workflowId}/versions/{version}/actions/activate', {
      params: { path: { workflowId, version: String(version) } },
    }),
  );
}

export function announce(body: Schemas['SignalBody']): Promise<Schemas['SignalView']> {
  return answer(api.POST('/api/v3/signals', { body }));
}

export function setPermit(tag: string, most: number): Promise<unknown> {
  return done(api.POST('/api/v3/tag-permits', { body: { tag, max_allowed: most } }));
}

export function removePermit(tag: string): Promise<unknown> {
  return answer(api.DELETE('/api/v3/tag-permits', { params: { query: { tag } } }));
}

/** Sends one again that was given up. */
export function retryNotification(id: string): Promise<Schemas['NotificationView']> {
  return answer(api.POST('/api/v3/notifications/{id}/actions/retry', { params: { path: { id } } }));
}

export type DeadLetterAction = 'replay' | 'discard';
export type DeadLetterPlace = 'signals' | 'engine' | 'parked';

export function actOnDeadLetter(place: DeadLetterPlace, id: string, action: DeadLetterAction): Promise<unknown> {
  const params = { path: { id } };
  switch (place) {
    case 'signals':
      return done(api.POST('/api/v3/dead-letters/{id}/actions/{action}', { params: { path: { id, action } } }));
    case 'engine':
      return done(
        action === 'replay'
          ? api.POST('/api/v3/engine-dead-letters/{id}/actions/replay', { params })
          : api.POST('/api/v3/engine-dead-letters/{id}/actions/discard', { params }),
      );
    case 'parked':
      return done(
        action === 'replay'
          ? api.POST('/api/v3/parked-requests/{id}/actions/replay', { params })
          : api.POST('/api/v3/parked-requests/{id}/actions/discard', { params }),
      );
  }
}
