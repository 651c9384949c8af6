import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { triggersQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { duration } from '../time/duration';
import { Time } from '../time/Time';
import classes from './Workflow.module.css';

/** When the clock starts it next: what the server itself will do, in the trigger's zone and in the reader's. */
export function Triggers({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation();
  const triggers = useQuery(triggersQuery(workflowId));
  return (
    <Card title={t('workflow.triggers')}>
      <Loaded query={triggers}>
        {(data) => (
          <>
            {data.paused && <Alert color="yellow">{t('workflow.triggersPaused', { by: data.paused_by ?? '' })}</Alert>}
            {data.time_triggers.length === 0 && <span className="dim">{t('workflow.noTriggers')}</span>}
            {data.time_triggers.map((trigger) => (
              <Trigger key={trigger.trigger_uuid} trigger={trigger} />
            ))}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Trigger({ trigger }: { trigger: Schemas['TriggerView'] }) {
  const { t } = useTranslation();
  const written = trigger.trigger as Schemas['DefinitionTimeTrigger'];
  const zone = written.timezone ?? 'UTC';
  return (
    <div className={classes.trigger}>
      <code>
        {written.cron ?? written.expression ?? t('workflow.everyInterval', { interval: intervalOf(written.interval) })}
      </code>{' '}
      <span className="dim">{zone}</span>
      {trigger.problem != null && <Alert color="red">{trigger.problem}</Alert>}
      {trigger.next_fires.length === 0 ? (
        <div className="dim">{t('workflow.noNext')}</div>
      ) : (
        <ol className={classes.fires}>
          {trigger.next_fires.map((fire) => (
            <li key={fire.trigger_time}>
              <Time at={fire.fire_time} />
              <span className="dim">{t('workflow.nextServer', { local: fire.local_time, zone })}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function intervalOf(interval: string | number | undefined): string {
  return typeof interval === 'number' ? duration(interval * 1_000) : (interval ?? '');
}
