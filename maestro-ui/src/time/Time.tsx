import { useTranslation } from 'react-i18next';
import { duration } from './duration';
import { useNow } from './now';
import { instant, LOCAL_ZONE, useZone } from './zone';

interface Props {
  at: number | null | undefined;
  relative?: boolean;
}

/** A point in time in the zone that was chosen; both zones on hover. */
export function Time({ at, relative = false }: Props) {
  const { t } = useTranslation();
  const { zone } = useZone();
  const now = useNow(relative);
  if (at === undefined || at === null) {
    return <span>{t('time.never')}</span>;
  }
  const both = t('time.both', {
    utc: `${instant(at, 'utc')} UTC`,
    local: `${instant(at, 'local')} ${LOCAL_ZONE}`,
  });
  const away = duration(Math.abs(now - at));
  const shown = relative ? t(at > now ? 'time.ahead' : 'time.ago', { duration: away }) : instant(at, zone);
  return (
    <time dateTime={new Date(at).toISOString()} title={both}>
      {shown}
    </time>
  );
}

interface SpanProps {
  from: number | null | undefined;
  to: number | null | undefined;
  live?: boolean;
}

/** How long something took, or has taken so far. */
export function Span({ from, to, live = false }: SpanProps) {
  const ticking = live && from != null && to == null;
  const now = useNow(ticking);
  if (from == null) {
    return <span>–</span>;
  }
  if (to == null && !live) {
    return <span>–</span>;
  }
  return <span>{duration((to ?? now) - from)}</span>;
}
