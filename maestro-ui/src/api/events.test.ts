import { afterEach, expect, test, vi } from 'vitest';
import { followEvents, type ServerEvent } from './events';

const asked: (string | null)[] = [];

/** Connections one after another, each with what it says before it breaks. */
function server(...connections: string[]) {
  asked.length = 0;
  vi.stubGlobal('sessionStorage', { getItem: () => null });
  vi.stubGlobal('fetch', (_path: string, { headers }: { headers: Record<string, string> }) => {
    asked.push(headers['Last-Event-ID'] ?? null);
    const said = connections.shift();
    return said === undefined ? Promise.reject(new Error('away')) : Promise.resolve(new Response(said));
  });
}

afterEach(() => vi.unstubAllGlobals());

test('a stream goes on behind its last event after it broke', async () => {
  server('id:1\ndata:{"a":1}\n\n: still here\n\nid:2\ndata: two\n\n', 'id:3\nevent:end\ndata:{}\n\n');
  const heard: ServerEvent[] = [];
  let breaks = 0;
  await followEvents(
    '/stream',
    {
      event: (event) => {
        heard.push(event);
        return event.name === 'end';
      },
      broken: () => breaks++,
      refused: () => expect.unreachable(),
    },
    new AbortController().signal,
  );
  expect(heard.filter(({ data }) => data !== '').map(({ data }) => data)).toEqual(['{"a":1}', 'two', '{}']);
  expect(asked).toEqual([null, '2']);
  expect(breaks).toBe(1);
});
