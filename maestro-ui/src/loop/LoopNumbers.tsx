import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { Facts } from '../app/Facts';
import type { Schemas } from '../api/client';
import { StatusMark } from '../status/StatusMark';
import { ITERATION_STATUSES } from '../status/status';
import { duration } from '../time/duration';
import classes from './Loop.module.css';

/** Fewer say nothing about a rate or about quantiles, so nothing is said. */
const ENOUGH = 10;

const ENDED = ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'] as const;

interface Props {
  summary: Schemas['LoopSummary'];
  onStatus: (status: string) => void;
}

/** How far a loop is: what is queued and running beside what has ended, the rate, the time left. */
export function LoopNumbers({ summary, onStatus }: Props) {
  const { t } = useTranslation();
  const { counts, total } = summary;
  const ended = ENDED.reduce((sum, status) => sum + (counts[status] ?? 0), 0) - summary.taken_over;
  return (
    <Card title={t('loop.total', { count: total, shown: total.toLocaleString() })}>
      <div className={classes.counts}>
        {ITERATION_STATUSES.filter((status) => (counts[status] ?? 0) > 0).map((status) => (
          <button key={status} type="button" className={classes.count} onClick={() => onStatus(status)}>
            <span className={classes.big}>{(counts[status] ?? 0).toLocaleString()}</span>
            <StatusMark status={status} />
          </button>
        ))}
      </div>
      <Facts
        facts={[
          [t('loop.rate'), ended < ENOUGH ? t('loop.tooFew') : rateOf(summary.rate_per_second)],
          [t('loop.eta'), etaOf(summary, ended)],
          ...(summary.taken_over === 0 ? [] : [[t('loop.takenOver'), takenOver(summary)] as const]),
          [t('loop.concurrency'), summary.concurrency],
          [t('loop.durations'), ended < ENOUGH ? t('loop.tooFew') : quantilesOf(summary.duration_ms)],
          ...(summary.first_start == null || summary.last_end == null
            ? []
            : [[t('run.duration'), duration(summary.last_end - summary.first_start)] as const]),
        ]}
      />
    </Card>
  );

  function takenOver({ taken_over: taken, total: all }: Schemas['LoopSummary']): string {
    return t('loop.takenOverOf', { taken: taken.toLocaleString(), left: (all - taken).toLocaleString() });
  }

  function rateOf(perSecond: number | null | undefined): string {
    if (perSecond == null) {
      return '–';
    }
    return perSecond < 1
      ? t('loop.perMinute', { rate: (60 * perSecond).toPrecision(2) })
      : t('loop.perSecond', { rate: Math.round(perSecond).toLocaleString() });
  }

  function quantilesOf(quantiles: Record<string, number> | null | undefined): string {
    const shown = Object.entries(quantiles ?? {}).map(([quantile, millis]) => `${quantile} ${duration(millis)}`);
    return shown.length === 0 ? '–' : shown.join(', ');
  }

  function etaOf({ live, eta_ms: eta }: Schemas['LoopSummary'], done: number): string {
    if (!live) {
      return '–';
    }
    return done < ENOUGH || eta == null ? t('loop.tooFew') : duration(eta);
  }
}
