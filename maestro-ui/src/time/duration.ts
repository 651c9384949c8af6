const UNITS: readonly [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** `1 h 5 min`, `3.2 s`, `85 ms`: two units at most, so that it can be compared at a glance. */
export function duration(millis: number): string {
  if (millis < 1_000) {
    return `${Math.max(0, Math.round(millis))} ms`;
  }
  if (millis < 10_000) {
    return `${(millis / 1_000).toFixed(1)} s`;
  }
  const first = UNITS.findIndex(([, length]) => millis >= length);
  const [unit, length] = UNITS[first] ?? ['s', 1_000];
  const whole = Math.floor(millis / length);
  const next = UNITS[first + 1];
  const rest = next ? Math.floor((millis - whole * length) / next[1]) : 0;
  return next && rest > 0 ? `${whole} ${unit} ${rest} ${next[0]}` : `${whole} ${unit}`;
}
