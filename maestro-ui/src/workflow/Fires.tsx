import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { duration } from '../time/duration';
import { Time } from '../time/Time';
import { LOCAL_ZONE, useZone } from '../time/zone';
import classes from './Workflow.module.css';

interface Props {
  trigger: Schemas['DefinitionTimeTrigger'];
  fires: readonly Schemas['Tick'][];
}

/** A time trigger and its next fires: in the reader's zone, and on the trigger's own clock. */
export function Fires({ trigger, fires }: Props) {
  const { t } = useTranslation();
  const zone = trigger.timezone ?? 'UTC';
  const shown = useZone().zone === 'utc' ? 'UTC' : LOCAL_ZONE;
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
              <span className="dim">
                {zone === shown ? (
                  <Time at={fire.fire_time} relative />
                ) : (
                  t('workflow.nextServer', { local: readable(fire.local_time), zone })
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** `2026-12-01 02:04 +01:00` of `2026-12-01T02:04:00+01:00`: twice a year an hour comes twice. */
function readable(local: string): string {
  return `${local.slice(0, 10)} ${local.slice(11, 16)} ${local.slice(19)}`;
}

function intervalOf(interval: string | number | undefined): string {
  return typeof interval === 'number' ? duration(interval * 1_000) : (interval ?? '');
}
