import { authorization, Refusal } from './client';

/** A server-sent event. */
export interface ServerEvent {
  name: string;
  id: string;
  data: string;
}

/** Whom to tell: of what comes, and of the line going down, after which it is tried again. */
export interface Listener {
  opened?: () => void;
  /** Whether it was the last one. */
  event: (event: ServerEvent) => boolean;
  broken: () => void;
  refused: (refusal: Refusal) => void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

async function* eventsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.map(parsed);
  }
}

function parsed(block: string): ServerEvent {
  const event: ServerEvent = { name: 'message', id: '', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const content = line.slice(colon + 1).replace(/^ /, '');
    if (line.startsWith('event:')) event.name = content;
    if (line.startsWith('id:')) event.id = content;
    if (line.startsWith('data:')) event.data += content;
  }
  return event;
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** What may be better in a while: the server is away, or has too many streams open. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 429;
}

/**
 * Follows a stream to its end, across interruptions: each connection goes on behind the last event of the one before.
 * With fetch rather than EventSource, which can't send a token.
 */
export async function followEvents(path: string, listener: Listener, signal: AbortSignal): Promise<void> {
  let behind = '';
  let wait = FIRST_PAUSE;
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { ...authorization(), Accept: 'text/event-stream' };
      if (behind !== '') {
        headers['Last-Event-ID'] = behind;
      }
      const response = await fetch(path, { headers, signal });
      if (!response.ok && !isPassing(response.status)) {
        listener.refused(new Refusal(response.status, await response.json().catch(() => undefined)));
        return;
      }
      if (response.ok && response.body) {
        listener.opened?.();
        for await (const event of eventsOf(response.body)) {
          wait = FIRST_PAUSE;
          behind = event.id || behind;
          if (listener.event(event)) {
            return;
          }
        }
      }
    } catch {
      // The line is down: said below, and tried again.
    }
    if (!signal.aborted) {
      listener.broken();
      await pause(wait * (0.5 + Math.random()), signal);
      wait = Math.min(2 * wait, LONGEST_PAUSE);
    }
  }
}
