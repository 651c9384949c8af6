import { useTranslation } from 'react-i18next';
import { type Status, type Tone, toneOf } from './status';
import classes from './StatusMark.module.css';

/** One shape per tone, so that colour is never the only difference. */
const SHAPES: Record<Tone, string> = {
  idle: 'M8 2.75a5.25 5.25 0 1 1 0 10.5a5.25 5.25 0 0 1 0-10.5z',
  waiting: 'M8 2.75a5.25 5.25 0 1 1 0 10.5a5.25 5.25 0 0 1 0-10.5zM8 5v3.2l2.2 1.4',
  running: 'M13.25 8A5.25 5.25 0 1 1 8 2.75',
  succeeded: 'M3.2 8.4l3.1 3.1l6.5-6.9',
  failed: 'M4 4l8 8M12 4l-8 8',
  stopped: 'M4 4h8v8h-8z',
  passed: 'M3 8h10M9.5 4.5L13 8l-3.5 3.5',
};

interface ShapeProps {
  tone: Tone;
  size?: number;
}

export function StatusShape({ tone, size = 16 }: ShapeProps) {
  return (
    <svg className={classes.shape} data-tone={tone} viewBox="0 0 16 16" width={size} height={size} aria-hidden>
      <path d={SHAPES[tone]} />
    </svg>
  );
}

interface Props {
  status: Status;
  strong?: boolean;
}

/** A status as shape, colour and word. */
export function StatusMark({ status, strong = false }: Props) {
  const { t } = useTranslation();
  return (
    <span className={classes.mark} data-strong={strong || undefined} data-tone={toneOf(status)}>
      <StatusShape tone={toneOf(status)} />
      {t(`status.${status}`)}
    </span>
  );
}
