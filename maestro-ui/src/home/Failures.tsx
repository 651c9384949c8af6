import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { failuresQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { StatusShape } from '../status/StatusMark';
import { Time } from '../time/Time';
import classes from './Home.module.css';
import { RestartDialog } from './RestartDialog';
import { RunLink } from './RunTable';

type Group = Schemas['FailedRunsGroup'];

const SHOWN = 8;

/** What failed last, those runs together that failed in the same way: one problem or twenty? */
export function Failures() {
  const { t } = useTranslation();
  const failures = useQuery(failuresQuery({}));
  const [restarting, setRestarting] = useState<Group>();
  return (
    <Card
      title={t('home.failures')}
      aside={
        <Link to="/runs" search={{ status: 'FAILED' }}>
          {t('showAll.FAILED')}
        </Link>
      }
    >
      <Loaded query={failures}>
        {({ groups, count, complete }) =>
          groups.length === 0 ? (
            <p className={classes.none}>{t('home.noFailures')}</p>
          ) : (
            <>
              <ul className={classes.groups}>
                {groups.slice(0, SHOWN).map((group) => (
                  <FailureGroup
                    key={`${group.workflow_id} ${group.signature}`}
                    group={group}
                    onRestart={() => setRestarting(group)}
                  />
                ))}
              </ul>
              {(groups.length > SHOWN || !complete) && (
                <p className={`${classes.rest} dim small`}>
                  {groups.length > SHOWN && t('home.moreGroups', { count: groups.length - SHOWN })}{' '}
                  {!complete && t('home.latestOnly', { count })}
                </p>
              )}
            </>
          )
        }
      </Loaded>
      {restarting !== undefined && <RestartDialog group={restarting} onClose={() => setRestarting(undefined)} />}
    </Card>
  );
}

function FailureGroup({ group, onRestart }: { group: Group; onRestart: () => void }) {
  const { t } = useTranslation();
  const { workflow_id: workflow, signature, message, count, runs } = group;
  return (
    <li>
      <StatusShape tone="failed" />
      <span>
        <Link to="/workflows/$workflowId" params={{ workflowId: workflow }}>
          {workflow}
        </Link>{' '}
        <span className="dim">
          {t('home.failuresOf', { count })}
          {runs[0] !== undefined && (
            <>
              , {t('home.latest')} <RunLink run={runs[0]} />
            </>
          )}
        </span>
      </span>
      <span className="dim">
        <Time at={group.last_seen} relative />
      </span>
      <pre className={classes.what}>{message}</pre>
      <span className={classes.acts}>
        <Button
          size="compact-xs"
          variant="default"
          renderRoot={(props) => <Link {...props} to="/runs" search={{ status: 'FAILED', workflow, signature }} />}
        >
          {t('home.showGroup')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={onRestart}>
          {t('home.restartGroup')}
        </Button>
      </span>
    </li>
  );
}
