import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { historyQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { toneOf } from '../status/status';
import { duration } from '../time/duration';
import { instant, useZone } from '../time/zone';
import classes from './Workflow.module.css';

type Run = Schemas['RunSummary'];

function took(run: Run): number {
  return run.start_time == null ? 0 : (run.end_time ?? run.modify_time) - run.start_time;
}

/** The latest runs as bars: how they ended by colour and pattern, how long they took by height. */
export function History({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation();
  const history = useQuery(historyQuery(workflowId));
  return (
    <Card
      title={t('workflow.history')}
      aside={
        <Link to="/runs" search={{ workflow: workflowId }}>
          {t('home.all')}
        </Link>
      }
    >
      <Loaded query={history}>
        {(runs) =>
          runs.length === 0 ? (
            <span className="dim">
              {t('workflow.noHistory')}{' '}
              <Link to="/workflows/$workflowId/start" params={{ workflowId }}>
                {t('workflow.startFirst')}
              </Link>
            </span>
          ) : (
            <Bars runs={runs} label={t('workflow.historyLabel', { workflow: workflowId })} />
          )
        }
      </Loaded>
    </Card>
  );
}

function Bars({ runs, label }: { runs: readonly Run[]; label: string }) {
  const { t } = useTranslation();
  const { zone } = useZone();
  const longest = Math.max(1, ...runs.map(took));
  return (
    <ul className={classes.bars} aria-label={label}>
      {runs.map((run) => {
        const text = [
          `#${run.workflow_instance_id}`,
          t(`status.${run.status}`),
          duration(took(run)),
          instant(run.create_time, zone),
        ].join(', ');
        return (
          <li key={run.workflow_instance_id}>
            <Link
              to="/workflows/$workflowId/instances/$instance/runs/$run"
              params={{
                workflowId: run.workflow_id,
                instance: String(run.workflow_instance_id),
                run: String(run.workflow_run_id),
              }}
              className={classes.bar}
              data-tone={toneOf(run.status)}
              style={{ '--share': `${(100 * took(run)) / longest}%` } as CSSProperties}
              aria-label={text}
              title={text}
            />
          </li>
        );
      })}
    </ul>
  );
}
