import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { Time } from '../time/Time';
import classes from './Run.module.css';

/** What happened, oldest first, as the engine recorded it. */
export function TimelineList({ events }: { events: readonly Schemas['TimelineEvent'][] }) {
  const { t } = useTranslation();
  if (events.length === 0) {
    return <p className={classes.none}>{t('run.noTimeline')}</p>;
  }
  return (
    <ol className={classes.timeline}>
      {events
        .toSorted((a, b) => a.timestamp - b.timestamp)
        .map((event, index) => (
          <li key={`${event.timestamp} ${index}`} data-level={event.level}>
            <span className="dim small">
              <Time at={event.timestamp} />
            </span>
            <span>
              {event.message}
              {event.errors?.map((error) => (
                <pre key={error} className={classes.error}>
                  {error}
                </pre>
              ))}
            </span>
          </li>
        ))}
    </ol>
  );
}
