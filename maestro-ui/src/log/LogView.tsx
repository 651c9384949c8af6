import { SegmentedControl } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import Anser from 'anser';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepKey } from '../api/queries';
import { ProblemNote } from '../problem/ProblemNote';
import type { Stream } from './follow';
import { closed } from './lines';
import classes from './LogView.module.css';
import { useLog } from './useLog';

const LINE = 20;
const STREAMS: readonly Stream[] = ['stdout', 'stderr'];
const LOG_NOT_FOUND = 'log-not-found';

interface Props {
  at: StepKey;
  attempt: number;
  line: number | undefined;
  onLine: (line: number) => void;
}

/** What an attempt printed, live, in its colours. Each line has an address. */
export function LogView({ at, attempt, line, onLine }: Props) {
  const { t } = useTranslation();
  const [stream, setStream] = useState<Stream>('stdout');
  const { lines, state, refusal } = useLog(at, attempt, stream);
  const shown = closed(lines);
  return (
    <div>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('step.stream')}
          value={stream}
          onChange={(chosen) => setStream(chosen as Stream)}
          data={STREAMS.map((known) => ({ value: known, label: t(`step.${known}`) }))}
        />
        {refusal === undefined && (
          <span className={classes.state} data-state={state} role="status">
            {t(`step.${state}`)}
          </span>
        )}
      </div>
      {refusal !== undefined &&
        (refusal.code === LOG_NOT_FOUND ? <p className="dim">{t('step.noLog')}</p> : <ProblemNote error={refusal} />)}
      {refusal === undefined && shown.length === 0 && state === 'ended' && <p className="dim">{t('step.emptyLog')}</p>}
      {shown.length > 0 && (
        <Lines lines={shown} dropped={lines.dropped} marked={line} follows={state !== 'ended'} onLine={onLine} />
      )}
    </div>
  );
}

interface LinesProps {
  lines: readonly string[];
  dropped: number;
  marked: number | undefined;
  follows: boolean;
  onLine: (line: number) => void;
}

function Lines({ lines, dropped, marked, follows, onLine }: LinesProps) {
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE,
    overscan: 12,
  });
  useEffect(() => {
    if (marked !== undefined) {
      rows.scrollToIndex(marked - 1 - dropped, { align: 'center' });
    } else if (follows && atEnd.current) {
      rows.scrollToIndex(lines.length - 1, { align: 'end' });
    }
  }, [rows, lines.length, marked, dropped, follows]);
  return (
    <>
      {dropped > 0 && <p className="dim small">{t('step.dropped')}</p>}
      <div
        ref={scroll}
        className={classes.log}
        role="log"
        aria-label={t('step.log')}
        aria-live="off"
        tabIndex={0}
        onScroll={({ currentTarget: box }) => {
          atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 2 * LINE;
        }}
      >
        <div className={classes.all} style={{ '--height': `${rows.getTotalSize()}px` } as CSSProperties}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const number = index + 1 + dropped;
            return (
              <div
                key={index}
                className={classes.line}
                data-marked={number === marked || undefined}
                style={{ '--top': `${start}px` } as CSSProperties}
              >
                <button
                  type="button"
                  tabIndex={-1}
                  className={classes.number}
                  aria-label={t('step.line', { line: number })}
                  onClick={() => onLine(number)}
                >
                  {number}
                </button>
                <Coloured line={lines[index] ?? ''} />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

/** Escape sequences for colours become classes; all others are left out. */
function Coloured({ line }: { line: string }) {
  const parts = Anser.ansiToJson(line, { use_classes: true, json: true, remove_empty: true });
  return (
    <span className={classes.text}>
      {parts.map(({ content, fg, bg, decorations }, index) => (
        <span
          key={index}
          data-fg={fg ?? undefined}
          data-bg={bg ?? undefined}
          data-bold={decorations.includes('bold') || undefined}
        >
          {content}
        </span>
      ))}
    </span>
  );
}
