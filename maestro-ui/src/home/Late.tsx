import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { allTriggersQuery } from '../api/queries';
import { StatusShape } from '../status/StatusMark';
import { duration } from '../time/duration';
import classes from './Home.module.css';

/** A clock that is behind by less is only busy. */
const BEHIND = 60_000;

function isLate({ lag_millis: lag, problem }: Schemas['TriggerView']): boolean {
  return lag > BEHIND || problem != null;
}

/** Clocks that should have started something and have not; nothing where there are none. */
export function Late() {
  const { t } = useTranslation();
  const triggers = useQuery(allTriggersQuery);
  const late = (triggers.data?.elements ?? []).filter(isLate);
  if (late.length === 0) {
    return null;
  }
  return (
    <Card title={t('home.late')}>
      <ul className={classes.groups}>
        {late.map((trigger) => (
          <li key={trigger.trigger_uuid}>
            <StatusShape tone="waiting" />
            <Link to="/workflows/$workflowId" params={{ workflowId: trigger.workflow_id }}>
              {trigger.workflow_id}
            </Link>
            <span className="dim">
              {trigger.lag_millis > 0 && t('home.lateBy', { duration: duration(trigger.lag_millis) })}
            </span>
            {trigger.problem != null && <pre className={classes.what}>{trigger.problem}</pre>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
