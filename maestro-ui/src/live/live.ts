import type { QueryClient } from '@tanstack/react-query';
import { followEvents, type ServerEvent } from '../api/events';
import { pace } from '../api/pace';

const STREAM = '/api/v3/stream';
const NAME = 'maestro-live';

/** Lists change with every run anywhere, so they are asked for less often than one run is. */
const LISTS_EVERY = 2_000;
const EVERYTHING_EVERY = 5_000;

export interface Change {
  type: 'instance' | 'loop' | 'all';
  key: string;
  version: number;
}

type Message = { changes: Change[] } | { connected: boolean } | { asks: true };

/** A call now, or as soon as the one before is so long ago: never two for one. */
function atMostEvery(millis: number, call: () => void): () => void {
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        last = Date.now();
        call();
      },
      Math.max(0, last + millis - Date.now()) * (0.75 + Math.random() / 2),
    );
  };
}

/** What a page has to ask for again, each of it once. */
export interface News {
  /** Instances by workflow. */
  instances: ReadonlyMap<string, ReadonlySet<number>>;
  loops: ReadonlySet<string>;
  all: boolean;
}

/** A burst tells of hundreds of instances of one workflow at a time. */
export function newsOf(changes: readonly Change[]): News {
  const instances = new Map<string, Set<number>>();
  const loops = new Set<string>();
  for (const { type, key } of changes) {
    if (type === 'instance') {
      const hash = key.lastIndexOf('#');
      const workflow = key.slice(0, hash);
      instances.set(workflow, (instances.get(workflow) ?? new Set()).add(Number(key.slice(hash + 1))));
    } else if (type === 'loop') {
      loops.add(key);
    }
  }
  return { instances, loops, all: changes.some(({ type }) => type === 'all') };
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
  const refreshLists = atMostEvery(LISTS_EVERY, () => {
    refresh('runs');
    for (const workflow of changed) {
      refresh('workflow', workflow, 'overview');
      refresh('workflow', workflow, 'history');
    }
    changed.clear();
  });
  const refreshAll = atMostEvery(EVERYTHING_EVERY, () => refresh());
  const channel = new BroadcastChannel(NAME);
  let connected = false;

  const hear = (changes: readonly Change[]) => {
    const { instances, loops, all } = newsOf(changes);
    for (const [workflow, numbers] of instances) {
      changed.add(workflow);
      numbers.forEach((number) => refresh('instances', workflow, number));
    }
    loops.forEach((loop) => refresh('instances', loop));
    if (instances.size > 0) {
      refreshLists();
    }
    if (all) {
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
    } else if (isTeller) {
      tell({ connected });
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
