import type { Schemas } from '../api/client';
import type { RunKey } from '../api/queries';
import type { Status } from '../status/status';

type Attempt = Schemas['StepView'];
type Definition = Schemas['DefinitionStep'];

/** A step of a run: what the definition says, and its latest attempt if the run has come to it. */
export interface RunStep {
  id: string;
  type: string;
  isLoop: boolean;
  status: Status;
  attempt: Attempt | undefined;
  successors: readonly string[];
}

/** Numbers of a `foreach` step's iterations, as far as its own row has them. */
export interface LoopProgress {
  total: number;
  ended: number;
  failed: number;
}

const ENDED: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT']);

interface Body {
  id: string;
  type?: string;
}

function kindAndBody(definition: Definition): [kind: string, body: Body] {
  return Object.entries(definition)[0] as [string, Body];
}

/** All steps of a run in the order of the definition. */
export function stepsOf(run: Schemas['InstanceView'], attempts: readonly Attempt[]): RunStep[] {
  const latest = new Map(attempts.map((attempt) => [attempt.step_id, attempt]));
  return (run.runtime_workflow?.steps ?? []).map((definition) => {
    const [kind, body] = kindAndBody(definition);
    const attempt = latest.get(body.id);
    return {
      id: body.id,
      type: kind === 'step' ? (body.type ?? kind) : kind,
      isLoop: kind === 'foreach' || kind === 'while',
      status: attempt?.runtime_state.status ?? 'NOT_CREATED',
      attempt,
      successors: Object.keys(run.runtime_dag?.[body.id]?.successors ?? {}),
    };
  });
}

function artifact(attempt: Attempt | undefined, name: string): Record<string, unknown> | undefined {
  return attempt?.artifacts[name] as Record<string, unknown> | undefined;
}

export function progressOf(attempt: Attempt | undefined): LoopProgress | undefined {
  const loop = artifact(attempt, 'maestro_foreach');
  if (loop === undefined) {
    return undefined;
  }
  const stats = (loop.foreach_overview as { stats?: Record<string, number> } | undefined)?.stats ?? {};
  const counts = Object.entries(stats);
  return {
    total: Number(loop.total_loop_count),
    ended: counts.reduce((sum, [status, count]) => sum + (ENDED.has(status) ? count : 0), 0),
    failed: (stats.FAILED ?? 0) + (stats.TIMED_OUT ?? 0),
  };
}

/** The run that a subworkflow step started. */
export function childOf(attempt: Attempt | undefined): RunKey | undefined {
  const child = artifact(attempt, 'maestro_subworkflow');
  return child === undefined
    ? undefined
    : {
        workflowId: String(child.subworkflow_id),
        instance: Number(child.subworkflow_instance_id),
        run: String(child.subworkflow_run_id),
      };
}

/** Two points in time of an attempt: since when it waited, since when it ran. */
export interface Bar {
  created: number;
  started: number | undefined;
  ended: number | undefined;
}

export function barOf(attempt: Attempt): Bar {
  const { create_time: created, start_time: start, execute_time: executed, end_time: end } = attempt.runtime_state;
  return { created, started: start ?? executed ?? undefined, ended: end ?? undefined };
}
