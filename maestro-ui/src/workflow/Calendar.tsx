import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { daysQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { StatusShape } from '../status/StatusMark';
import { useZone } from '../time/zone';
import { boundsOf, type Day, daysOf } from './days';
import classes from './Workflow.module.css';

const WEEKS = 6;

/** The last weeks, each day with how its runs came out. */
export function Calendar({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation();
  const { zone } = useZone();
  const runs = useQuery(daysQuery(workflowId));
  return (
    <Card title={t('workflow.calendar')}>
      <Loaded query={runs}>
        {({ elements, page_info: page }) => {
          const days = daysOf(elements, page.has_next_page, Date.now(), zone, WEEKS);
          return (
            <>
              <ol className={classes.days} aria-label={t('workflow.calendarLabel', { workflow: workflowId })}>
                {days.map((day, index) => (
                  <DayCell key={day.date} day={day} workflowId={workflowId} isFirst={index === 0} />
                ))}
              </ol>
              {page.has_next_page && (
                <p className="dim small">{t('workflow.calendarPart', { count: elements.length })}</p>
              )}
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function DayCell({ day, workflowId, isFirst }: { day: Day; workflowId: string; isFirst: boolean }) {
  const { t } = useTranslation();
  const { zone } = useZone();
  const weekday = ((new Date(`${day.date}T12:00:00Z`).getUTCDay() + 6) % 7) + 1;
  const text =
    day.runs === 0
      ? t('workflow.dayEmpty', { date: day.date })
      : t('workflow.day', { date: day.date, count: day.runs, failed: day.failed });
  const inside = (
    <>
      <span>{isFirst || day.date.endsWith('-01') ? day.date.slice(5) : day.date.slice(8)}</span>
      {day.runs > 0 && <StatusShape tone={day.tone} size={12} />}
    </>
  );
  return (
    <li data-tone={day.tone} title={text} style={isFirst ? { gridColumn: weekday } : undefined}>
      {day.runs === 0 ? (
        <span className={classes.day}>{inside}</span>
      ) : (
        <Link
          className={classes.day}
          to="/runs"
          search={{ workflow: workflowId, ...boundsOf(day.date, zone) }}
          aria-label={text}
        >
          {inside}
        </Link>
      )}
    </li>
  );
}
