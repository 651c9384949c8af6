import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusShape } from '../status/StatusMark';
import { toneOf } from '../status/status';
import { duration } from '../time/duration';
import { useNow } from '../time/now';
import { clock, useZone } from '../time/zone';
import classes from './Gantt.module.css';
import { barOf, type RunStep } from './steps';

const ROW = 34;
const TICKS = 5;

interface Props {
  steps: readonly RunStep[];
  from: number;
  to: number | undefined;
  selected: string | undefined;
  onSelect: (stepId: string) => void;
}

/** All steps on one axis of time: thin while they wait, full while they run. */
export function Gantt({ steps, from, to, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const { zone } = useZone();
  const now = useNow(to === undefined);
  const scroll = useRef<HTMLDivElement>(null);
  const end = Math.max(to ?? now, from + 1);
  const share = (at: number) => (100 * (Math.min(Math.max(at, from), end) - from)) / (end - from);
  const rows = useVirtualizer({
    count: steps.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  return (
    <div className={classes.gantt}>
      <div className={classes.axis} aria-hidden>
        {Array.from({ length: TICKS }, (_, tick) => (
          <span key={tick}>{clock(from + ((end - from) * tick) / (TICKS - 1), zone)}</span>
        ))}
      </div>
      <div ref={scroll} className={classes.rows} role="list" aria-label={t('run.ganttLabel')} tabIndex={0}>
        <div className={classes.all} style={{ '--height': `${rows.getTotalSize()}px` } as CSSProperties}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const step = steps[index];
            return step === undefined ? null : (
              <div
                key={step.id}
                role="listitem"
                className={classes.row}
                style={{ '--top': `${start}px` } as CSSProperties}
              >
                <Row step={step} end={end} share={share} isSelected={step.id === selected} onSelect={onSelect} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  step: RunStep;
  end: number;
  share: (at: number) => number;
  isSelected: boolean;
  onSelect: (stepId: string) => void;
}

function Row({ step, end, share, isSelected, onSelect }: RowProps) {
  const { t } = useTranslation();
  const bar = step.attempt && barOf(step.attempt);
  const took = bar ? duration((bar.ended ?? end) - (bar.started ?? bar.created)) : '';
  return (
    <button
      type="button"
      className={classes.step}
      data-tone={toneOf(step.status)}
      aria-pressed={isSelected}
      onClick={() => onSelect(step.id)}
    >
      <span className={classes.name}>
        <StatusShape tone={toneOf(step.status)} size={14} />
        <span>{step.id}</span>
        <span className="visually-hidden">{t(`status.${step.status}`)}</span>
      </span>
      <span className={classes.lane}>
        {bar && (
          <>
            <Piece kind={classes.wait} from={share(bar.created)} to={share(bar.started ?? bar.ended ?? end)} />
            {bar.started !== undefined && (
              <Piece kind={classes.run} from={share(bar.started)} to={share(bar.ended ?? end)} />
            )}
          </>
        )}
      </span>
      <span className={classes.took}>{took}</span>
    </button>
  );
}

function Piece({ kind, from, to }: { kind: string | undefined; from: number; to: number }) {
  return <span className={kind} style={{ '--from': `${from}%`, '--width': `${to - from}%` } as CSSProperties} />;
}
