import { useEffect, useState } from 'react';
import type { Refusal } from '../api/client';
import type { StepKey } from '../api/queries';
import { follow, type Stream } from './follow';
import { append, type Lines, NO_LINES } from './lines';

/** As often as the eye needs it; a job may print faster. */
const FRAME = 100;

export interface Log {
  lines: Lines;
  state: 'live' | 'ended' | 'broken';
  refusal: Refusal | undefined;
}

const NOTHING: Log = { lines: NO_LINES, state: 'live', refusal: undefined };

/** What an attempt prints, while it prints it. */
export function useLog({ workflowId, instance, run, stepId }: StepKey, attempt: number, stream: Stream): Log {
  const [log, setLog] = useState<Log>(NOTHING);
  useEffect(() => {
    const abort = new AbortController();
    let waiting = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (change: Partial<Log>) => {
      clearTimeout(timer);
      timer = undefined;
      const text = waiting;
      waiting = '';
      setLog((now) => ({ ...now, lines: text === '' ? now.lines : append(now.lines, text), ...change }));
    };
    setLog(NOTHING);
    void follow(
      { workflowId, instance, run, stepId },
      attempt,
      stream,
      {
        text: (text) => {
          waiting += text;
          timer ??= setTimeout(() => show({ state: 'live' }), FRAME);
        },
        ended: () => show({ state: 'ended' }),
        broken: () => show({ state: 'broken' }),
        refused: (refusal) => show({ refusal }),
      },
      abort.signal,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [workflowId, instance, run, stepId, attempt, stream]);
  return log;
}
