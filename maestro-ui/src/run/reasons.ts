import type { Schemas } from '../api/client';

/** A step that made a run fail, and how. */
export interface FailedStep {
  step_id: string;
  because: string;
}

/** What an attempt said when it failed; nothing in all other cases. */
export function causeOf(reason: Schemas['WhyReason']): string {
  return (reason as { because?: string }).because ?? '';
}

/** The steps that a reason names, if it is that some have failed. */
export function failedStepsOf(reason: Schemas['WhyReason']): readonly FailedStep[] {
  return (reason as { failed_steps?: FailedStep[] }).failed_steps ?? [];
}

/** The handler that a reason is about; what its run is shows elsewhere on the page. */
export function handlerOf(reason: Schemas['WhyReason']): string | undefined {
  return (reason as { on?: string }).on;
}
