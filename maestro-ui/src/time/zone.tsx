import { createContext, type ReactNode, use, useState } from 'react';

export type Zone = 'utc' | 'local';

const KEPT = 'maestro.zone';

const ZoneContext = createContext<{ zone: Zone; setZone: (zone: Zone) => void }>({
  zone: 'local',
  setZone: () => undefined,
});

/** Which zone all times are shown in; this browser remembers it. */
export function ZoneProvider({ children }: { children: ReactNode }) {
  const [zone, setZone] = useState<Zone>(localStorage.getItem(KEPT) === 'utc' ? 'utc' : 'local');
  const choose = (chosen: Zone) => {
    localStorage.setItem(KEPT, chosen);
    setZone(chosen);
  };
  return <ZoneContext value={{ zone, setZone: choose }}>{children}</ZoneContext>;
}

export function useZone() {
  return use(ZoneContext);
}

/** The name that the browser's zone has, as Europe/Berlin. */
export const LOCAL_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are dear to make, so each is made once. */
function format(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: zone === 'utc' ? 'UTC' : LOCAL_ZONE });
    formats.set(key, known);
  }
  return known;
}

const SECONDS: Intl.DateTimeFormatOptions = { dateStyle: 'short', timeStyle: 'medium' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };

/** `2026-11-29 20:45:56`. */
export function instant(at: number, zone: Zone): string {
  return format(zone, SECONDS).format(at);
}

/** `20:45:56`. */
export function clock(at: number, zone: Zone): string {
  return format(zone, CLOCK).format(at);
}
