import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { heldAnywhereQuery, runsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { Time } from '../time/Time';
import classes from './Home.module.css';
import { RunLink } from './RunTable';

const SHOWN = 8;

/** What goes on only when somebody lets it: steps at breakpoints, and runs that were set aside. */
export function Held() {
  const { t } = useTranslation();
  const held = useQuery(heldAnywhereQuery);
  const aside = useQuery(runsQuery({ status: 'PAUSED', first: SHOWN }));
  return (
    <Card title={t('home.paused')}>
      <Loaded query={held}>
        {(attempts) =>
          attempts.length === 0 && (aside.data?.elements.length ?? 0) === 0 ? (
            <p className={classes.none}>{t('home.noPaused')}</p>
          ) : (
            <ul className={classes.list}>
              {attempts.slice(0, SHOWN).map((attempt) => (
                <li key={`${attempt.workflow_id}#${attempt.workflow_instance_id} ${attempt.step_id}`}>
                  <Link
                    to="/workflows/$workflowId/instances/$instance/runs/$run"
                    params={{
                      workflowId: attempt.workflow_id,
                      instance: String(attempt.workflow_instance_id),
                      run: String(attempt.workflow_run_id),
                    }}
                    search={{ step: attempt.step_id }}
                  >
                    {attempt.workflow_id}#{attempt.workflow_instance_id}/{attempt.step_id}
                  </Link>
                  <span>{t('home.atBreakpoint')}</span>
                  <span className="dim number">
                    <Time at={attempt.create_time} relative />
                  </span>
                </li>
              ))}
              {aside.data?.elements.map((run) => (
                <li key={`${run.workflow_id}#${run.workflow_instance_id}`}>
                  <RunLink run={run} />
                  <span>{t('status.QUARANTINED')}</span>
                  <span className="dim number">
                    <Time at={run.modify_time} relative />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {(held.data?.length ?? 0) > SHOWN && (
        <p className="dim small">{t('home.moreHeld', { count: (held.data?.length ?? 0) - SHOWN })}</p>
      )}
    </Card>
  );
}
