import type { Refusal } from '../api/client';
import { followEvents } from '../api/events';
import type { StepKey } from '../api/queries';

export type Stream = 'stdout' | 'stderr';

export interface Follower {
  text: (text: string) => void;
  ended: () => void;
  broken: () => void;
  refused: (refusal: Refusal) => void;
}

/** Follows what an attempt prints until it ends. */
export function follow(
  at: StepKey,
  attempt: number,
  stream: Stream,
  follower: Follower,
  signal: AbortSignal,
): Promise<void> {
  const [workflow, step] = [encodeURIComponent(at.workflowId), encodeURIComponent(at.stepId)];
  const path =
    `/api/v3/workflows/${workflow}/instances/${at.instance}/runs/${at.run}/steps/${step}` +
    `/attempts/${attempt}/logs/stream?stream=${stream}`;
  return followEvents(
    path,
    {
      event: ({ name, data }) => {
        if (name === 'message' && data !== '') {
          follower.text((JSON.parse(data) as { text: string }).text);
        }
        if (name === 'end') {
          follower.ended();
        }
        return name === 'end';
      },
      broken: follower.broken,
      refused: follower.refused,
    },
    signal,
  );
}
