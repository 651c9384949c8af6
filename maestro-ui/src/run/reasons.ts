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

/** The step that a reason is about, if it is one of the run's. */
export function stepOf(reason: Schemas['WhyReason']): string | undefined {
  return (reason as { step_id?: string }).step_id;
}

/** A run that is in the way. */
export interface Holder {
  workflow_id: string;
  workflow_instance_id: number;
  workflow_run_id: number;
}

/** The runs that a reason names: those that run, and those that come before. */
export function holdersOf(reason: Schemas['WhyReason']): readonly Holder[] {
  const { running = [], ahead = [] } = reason as { running?: Holder[]; ahead?: Holder[] };
  return [...running, ...ahead];
}

/** A piece of what the server says: a text, a time in it, or a status by its name. */
export type Piece = { text: string } | { at: number } | { status: string };

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/;
const STATUS = /\b[A-Z]+(?:_[A-Z]+)*\b/;
const MARKED = new RegExp(`(${TIME.source}|${STATUS.source})`);

/** What the server says in pieces, so that times are shown in the reader's zone and statuses in words. */
export function piecesOf(message: string, isStatus: (name: string) => boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const part of message.split(MARKED)) {
    const last = pieces.at(-1);
    if (new RegExp(`^${TIME.source}$`).test(part)) {
      pieces.push({ at: Date.parse(part) });
    } else if (isStatus(part)) {
      pieces.push({ status: part });
    } else if (last !== undefined && 'text' in last) {
      last.text += part;
    } else if (part !== '') {
      pieces.push({ text: part });
    }
  }
  return pieces;
}
