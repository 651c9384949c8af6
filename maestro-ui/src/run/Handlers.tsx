import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { hasEnded } from '../api/queries';
import { StatusMark } from '../status/StatusMark';
import { handlersOfRun } from './handlers';
import classes from './Run.module.css';

/** What is done after a run has ended: which steps, and how their own run stands. Nothing where there is none. */
export function Handlers({ run }: { run: Schemas['InstanceView'] }) {
  const { t } = useTranslation();
  const handlers = handlersOfRun(run);
  if (handlers.length === 0) {
    return null;
  }
  return (
    <Card title={t('handlers.title')}>
      <ul className={classes.handlers}>
        {handlers.map(({ kind, steps, run: own }) => (
          <li key={kind}>
            <span>{t(`handlers.${kind}`)}</span>
            {own === undefined ? (
              <span className="dim">{t(hasEnded(run.status) ? 'handlers.notNeeded' : 'handlers.notYet')}</span>
            ) : (
              <StatusMark status={own.status} />
            )}
            {own === undefined ? (
              <span className="dim">{steps.join(', ')}</span>
            ) : (
              <Link
                to="/workflows/$workflowId/instances/$instance/runs/$run"
                params={{
                  workflowId: own.workflow_id,
                  instance: String(own.workflow_instance_id),
                  run: String(own.workflow_run_id),
                }}
                aria-label={t('handlers.open', { steps: steps.join(', ') })}
              >
                {steps.join(', ')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
