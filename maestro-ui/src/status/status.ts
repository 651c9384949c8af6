import type { Schemas } from '../api/client';

export type Status = Schemas['RunStatus'] | Schemas['StepStatus'] | Schemas['IterationStatus'];

/** What a status means to who looks at it; each has a colour and a shape of its own. */
export type Tone = 'idle' | 'waiting' | 'running' | 'succeeded' | 'failed' | 'stopped' | 'passed';

const TONES: Record<Status, Tone> = {
  CREATED: 'waiting',
  IN_PROGRESS: 'running',
  PAUSED: 'waiting',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  STOPPED: 'stopped',
  TIMED_OUT: 'failed',
  NOT_CREATED: 'idle',
  INITIALIZED: 'waiting',
  WAITING_FOR_SIGNALS: 'waiting',
  EVALUATING_PARAMS: 'running',
  WAITING_FOR_PERMITS: 'waiting',
  STARTING: 'running',
  RUNNING: 'running',
  FINISHING: 'running',
  DISABLED: 'passed',
  UNSATISFIED: 'passed',
  SKIPPED: 'passed',
  COMPLETED_WITH_ERROR: 'passed',
  USER_FAILED: 'failed',
  PLATFORM_FAILED: 'failed',
  TIMEOUT_FAILED: 'failed',
  FATALLY_FAILED: 'failed',
  INTERNALLY_FAILED: 'failed',
  QUEUED: 'waiting',
  QUARANTINED: 'stopped',
  NOT_STARTED: 'idle',
};

export function toneOf(status: Status): Tone {
  return TONES[status];
}

/** In the order in which a loop is read: what needs somebody first. */
export const ITERATION_STATUSES: readonly Schemas['IterationStatus'][] = [
  'FAILED',
  'TIMED_OUT',
  'QUARANTINED',
  'STOPPED',
  'RUNNING',
  'QUEUED',
  'NOT_STARTED',
  'SUCCEEDED',
];

export const RUN_STATUSES: readonly Schemas['RunStatus'][] = [
  'CREATED',
  'IN_PROGRESS',
  'PAUSED',
  'SUCCEEDED',
  'FAILED',
  'STOPPED',
  'TIMED_OUT',
];
