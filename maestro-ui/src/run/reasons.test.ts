import { describe, expect, it } from 'vitest';
import { holdersOf, piecesOf } from './reasons';

const isStatus = (name: string) => ['USER_FAILED', 'STOPPED'].includes(name);

describe('what the server says', () => {
  it('has its times and statuses apart from the rest', () => {
    expect(piecesOf('Attempt 1 ended USER_FAILED; the next one starts at 2026-12-01T01:05:18.241Z', isStatus)).toEqual([
      { text: 'Attempt 1 ended ' },
      { status: 'USER_FAILED' },
      { text: '; the next one starts at ' },
      { at: Date.UTC(2026, 11, 1, 1, 5, 18, 241) },
    ]);
  });

  it('keeps words that only look like statuses', () => {
    expect(piecesOf('SEQUENTIAL lets 1 run at a time; running: [3]', isStatus)).toEqual([
      { text: 'SEQUENTIAL lets 1 run at a time; running: [3]' },
    ]);
  });

  it('names the runs that are in the way', () => {
    const run = { workflow_id: 'orders', workflow_instance_id: 3, workflow_run_id: 1 };
    expect(holdersOf({ code: 'QUEUED_BY_RUN_STRATEGY', message: '', running: [run], ahead: [] } as never)).toEqual([
      run,
    ]);
    expect(holdersOf({ code: 'AT_BREAKPOINT', message: '' } as never)).toEqual([]);
  });
});
