import type { Schemas } from '../api/client';
import { type Tone, toneOf } from '../status/status';
import { instant, type Zone } from '../time/zone';

/** A day on a clock, and how its runs came out. */
export interface Day {
  /** `2026-11-29`. */
  date: string;
  runs: number;
  failed: number;
  /** The worst that happened, or nothing. */
  tone: Tone;
}

const WORST: readonly Tone[] = ['failed', 'stopped', 'running', 'waiting', 'passed', 'succeeded', 'idle'];
const DAY = 86_400_000;

function worse(one: Tone, other: Tone): Tone {
  return WORST.indexOf(one) <= WORST.indexOf(other) ? one : other;
}

/**
 * The days from Monday on that the given runs, newest first, are known of: so many weeks, or fewer where the runs don't
 * reach so far back because there are more of them.
 */
export function daysOf(
  runs: readonly Pick<Schemas['RunSummary'], 'status' | 'create_time'>[],
  hasMore: boolean,
  now: number,
  zone: Zone,
  weeks: number,
): Day[] {
  const dateOf = (at: number) => instant(at, zone).slice(0, 10);
  const known = new Map<string, Day>();
  for (const { create_time: at, status } of runs) {
    const date = dateOf(at);
    const before = known.get(date) ?? { date, runs: 0, failed: 0, tone: 'idle' as Tone };
    const tone = toneOf(status);
    known.set(date, {
      date,
      runs: before.runs + 1,
      failed: before.failed + (tone === 'failed' ? 1 : 0),
      tone: worse(tone, before.tone),
    });
  }
  // The oldest day may have more runs than those that are known.
  const oldest = hasMore && runs.length > 0 ? dateOf(runs.at(-1)?.create_time ?? now) : '';
  const days: Day[] = [];
  // Dates, not moments: each is reckoned at noon of UTC, where no clock changes.
  const today = Date.parse(`${dateOf(now)}T12:00:00Z`);
  const monday = today - ((new Date(today).getUTCDay() + 6) % 7) * DAY;
  for (let at = monday - (weeks - 1) * 7 * DAY; at <= today; at += DAY) {
    const date = new Date(at).toISOString().slice(0, 10);
    if (date > oldest) {
      days.push(known.get(date) ?? { date, runs: 0, failed: 0, tone: 'idle' });
    }
  }
  return days;
}

/** From when to when a day is, in epoch milliseconds. */
export function boundsOf(date: string, zone: Zone): { from: number; to: number } {
  const next = new Date(Date.parse(`${date}T12:00:00Z`) + DAY).toISOString().slice(0, 10);
  const start = (day: string) => (zone === 'utc' ? Date.parse(`${day}T00:00:00Z`) : Date.parse(`${day}T00:00:00`));
  return { from: start(date), to: start(next) };
}
