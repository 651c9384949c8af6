import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import type { Tone } from '../status/status';
import { StatusShape } from '../status/StatusMark';
import classes from './Backfill.module.css';

const TONES: Record<Schemas['BackfillStatus'], Tone> = {
  RUNNING: 'running',
  PAUSED: 'waiting',
  STOPPED: 'stopped',
  COMPLETED: 'succeeded',
};

/** How a back-fill stands, as shape, colour and word. */
export function BackfillMark({ status }: { status: Schemas['BackfillStatus'] }) {
  const { t } = useTranslation();
  return (
    <span className={classes.mark} data-tone={TONES[status]}>
      <StatusShape tone={TONES[status]} />
      {t(`backfill.${status}`)}
    </span>
  );
}
