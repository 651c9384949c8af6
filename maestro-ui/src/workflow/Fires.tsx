import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { duration } from '../time/duration';
import { Time } from '../time/Time';
import classes from './Workflow.module.css';

interface Props {
  trigger: Schemas['DefinitionTimeTrigger'];
  fires: readonly Schemas['Tick'][];
}

/** A time trigger and its next fires: in the reader's zone, and on the trigger's own clock. */
export function Fires({ trigger, fires }: Props) {
  const { t } = useTranslation();
  const zone = trigger.timezone ?? 'UTC';
  return (
    <>
      <code>
        {trigger.cron ?? trigger.expression ?? t('workflow.everyInterval', { interval: intervalOf(trigger.interval) })}
      </code>{' '}
      <span className="dim">{zone}</span>
      {fires.length === 0 ? (
        <div className="dim">{t('workflow.noNext')}</div>
      ) : (
        <ol className={classes.fires}>
          {fires.map((fire) => (
            <li key={fire.trigger_time}>
              <Time at={fire.fire_time} />
              <span className="dim">{t('workflow.nextServer', { local: fire.local_time, zone })}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function intervalOf(interval: string | number | undefined): string {
  return typeof interval === 'number' ? duration(interval * 1_000) : (interval ?? '');
}
