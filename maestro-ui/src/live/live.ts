import type { QueryClient } from '@tanstack/react-query';
import { followEvents, type ServerEvent } from '../api/events';
import { pace } from '../api/pace';

const STREAM = '/api/v3/stream';
const NAME = 'maestro-live';

/** Lists change with every run anywhere, so they are asked for less often than one run is. */
const LISTS_EVERY = 2_000;
const EVERYTHING_EVERY = 5_000;

/** Runs of which there were too many to name them: one of them may have ended, which is to be seen soon. */
const UNNAMED_EVERY = 800;

export interface Change {
  type: 'instance' | 'loop' | 'workflow' | 'all';
  key: string;
  version: number;
  /** Whether its run has ended. */
  ended?: boolean;
}

type Message = { changes: Change[] } | { connected: boolean } | { least: number } | { asks: true };

/** A call now, or as soon as the one before is so long ago: never two for one. */
function atMostEvery(millis: () => number, call: () => void): () => void {
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        last = Date.now();
        call();
      },
      Math.max(0, last + millis() - Date.now()) * (0.75 + Math.random() / 2),
    );
  };
}

/** What a page has to ask for again, each of it once. */
export interface News {
  /** Instances by workflow. */
  instances: ReadonlyMap<string, ReadonlySet<number>>;
  /** Those of them that have ended. */
  ended: ReadonlyMap<string, ReadonlySet<number>>;
  loops: ReadonlySet<string>;
  /** Workflows of which so many instances have changed that they aren't named. */
  workflows: ReadonlySet<string>;
  all: boolean;
}

/** A burst tells of hundreds of instances of one workflow at a time. */
export function newsOf(changes: readonly Change[]): News {
  const instances = new Map<string, Set<number>>();
  const ended = new Map<string, Set<number>>();
  const loops = new Set<string>();
  const workflows = new Set<string>();
  const add = (to: Map<string, Set<number>>, workflow: string, number: number) =>
    to.set(workflow, (to.get(workflow) ?? new Set()).add(number));
  for (const { type, key, ended: hasEnded } of changes) {
    if (type === 'instance') {
      const hash = key.lastIndexOf('#');
      const workflow = key.slice(0, hash);
      add(instances, workflow, Number(key.slice(hash + 1)));
      if (hasEnded) {
        add(ended, workflow, Number(key.slice(hash + 1)));
      }
    } else if (type === 'loop') {
      loops.add(key);
    } else if (type === 'workflow') {
      workflows.add(key);
    }
  }
  return { instances, ended, loops, workflows, all: changes.some(({ type }) => type === 'all') };
}

/**
 * Lets what is shown be asked for again when the server says that it has changed. One tab of a browser follows the
 * stream and tells the others; where tabs can't agree on one, each follows it.
 */
export function listenForChanges(queries: QueryClient, signal: AbortSignal) {
  const refresh = (...queryKey: unknown[]) =>
    // Hidden pages ask when they are looked at again.
    void queries.invalidateQueries({ queryKey, refetchType: document.hidden ? 'none' : 'active' });
  const changed = new Set<string>();
  const lists = () => Math.max(LISTS_EVERY, pace.least());
  const refreshLists = atMostEvery(lists, () => {
    refresh('runs');
    for (const workflow of changed) {
      refresh('workflow', workflow, 'overview');
      refresh('workflow', workflow, 'history');
    }
    changed.clear();
  });
  const waiting = new Map<string, unknown[]>();
  const refreshRuns = atMostEvery(pace.least, () => {
    waiting.forEach((key) => refresh(...key));
    waiting.clear();
  });
  const later = (...key: unknown[]) => {
    waiting.set(JSON.stringify(key), key);
    refreshRuns();
  };
  const unnamed = new Set<string>();
  const refreshUnnamed = atMostEvery(
    () => UNNAMED_EVERY,
    () => {
      unnamed.forEach((workflow) => refresh('instances', workflow));
      unnamed.clear();
    },
  );
  const refreshAll = atMostEvery(
    () => EVERYTHING_EVERY,
    () => refresh(),
  );
  const refreshInstances = atMostEvery(
    () => UNNAMED_EVERY,
    () => refresh('instances'),
  );
  const channel = new BroadcastChannel(NAME);
  let connected = false;

  const hear = (changes: readonly Change[]) => {
    const { instances, ended, loops, workflows, all } = newsOf(changes);
    for (const [workflow, numbers] of instances) {
      changed.add(workflow);
      for (const number of numbers) {
        // That a run has ended is seen at once, however busy the server is.
        const tell = ended.get(workflow)?.has(number) ? refresh : later;
        tell('instances', workflow, number);
      }
    }
    loops.forEach((loop) => later('instances', loop));
    for (const workflow of workflows) {
      changed.add(workflow);
      unnamed.add(workflow);
      refreshUnnamed();
    }
    if (instances.size > 0 || workflows.size > 0) {
      refreshLists();
    }
    if (all) {
      refreshInstances();
      refreshAll();
    }
  };
  const setConnected = (value: boolean) => {
    connected = value;
    pace.setTold(value);
  };
  const tell = (message: Message) => channel.postMessage(message);

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('changes' in data) {
      hear(data.changes);
    } else if ('connected' in data) {
      setConnected(data.connected);
    } else if ('least' in data) {
      pace.setLeast(data.least);
    } else if (isTeller) {
      tell({ connected });
      tell({ least: pace.least() });
    }
  };
  let isTeller = false;
  const follow = () => {
    isTeller = true;
    const say = (value: boolean) => {
      setConnected(value);
      tell({ connected: value });
    };
    return followEvents(
      STREAM,
      {
        opened: () => say(true),
        event: ({ name, data }: ServerEvent) => {
          if (name === 'message' && data !== '') {
            const changes = JSON.parse(data) as Change[];
            hear(changes);
            tell({ changes });
          } else if (name === 'pace' && data !== '') {
            const { least } = JSON.parse(data) as { least: number };
            pace.setLeast(least);
            tell({ least });
          }
          return false;
        },
        broken: () => {
          say(false);
          refreshAll();
        },
        refused: () => say(false),
      },
      signal,
    );
  };

  signal.addEventListener('abort', () => channel.close());
  tell({ asks: true });
  if ('locks' in navigator) {
    navigator.locks.request(NAME, { signal }, follow).catch(() => undefined); // aborted while it waited
  } else {
    void follow();
  }
}
