import { Button, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { Terminal } from '../app/Terminal';
import { runsQuery, workflowsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { Span, Time } from '../time/Time';
import { StatusMark } from '../status/StatusMark';
import { Failures } from './Failures';
import { Held } from './Held';
import { Late } from './Late';
import classes from './Home.module.css';
import { RunLink, RunTable } from './RunTable';

const SHOWN = 8;

/** What is running, what failed, what waits. */
export function Home() {
  const { t } = useTranslation();
  const recent = useQuery(runsQuery({ first: 12 }));
  return (
    <>
      <Title order={1} mb="md">
        {t('home.title')}
      </Title>
      <Loaded query={recent} height={400}>
        {({ elements }) =>
          elements.length === 0 ? (
            <NothingYet />
          ) : (
            <div className={classes.page}>
              <Failures />
              <Late />
              <div className={classes.pair}>
                <Held />
                <Live status="IN_PROGRESS" title={t('home.running')} none={t('home.noRunning')} />
                <Live status="CREATED" title={t('home.waiting')} none={t('home.noWaiting')} />
              </div>
              <Card title={t('home.recent')} aside={<Link to="/runs">{t('home.all')}</Link>} flush>
                <RunTable runs={elements} />
              </Card>
            </div>
          )
        }
      </Loaded>
    </>
  );
}

interface LiveProps {
  status: 'IN_PROGRESS' | 'CREATED';
  title: string;
  none: string;
}

function Live({ status, title, none }: LiveProps) {
  const { t } = useTranslation();
  const runs = useQuery(runsQuery({ status, first: SHOWN }));
  return (
    <Card
      title={title}
      aside={
        <Link to="/runs" search={{ status }}>
          {t(`showAll.${status}`)}
        </Link>
      }
    >
      <Loaded query={runs}>
        {({ elements }) =>
          elements.length === 0 ? (
            <p className={classes.none}>{none}</p>
          ) : (
            <ul className={classes.list}>
              {elements.map((run) => (
                <li key={`${run.workflow_id}#${run.workflow_instance_id}`}>
                  <RunLink run={run} />
                  <StatusMark status={run.status} />
                  <span className="dim number">
                    {run.start_time == null ? (
                      <Time at={run.create_time} relative />
                    ) : (
                      <Span from={run.start_time} to={null} live />
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

/** What to do first: start what there is, or write something. */
function NothingYet() {
  const { t } = useTranslation();
  const workflows = useQuery(workflowsQuery({ first: SHOWN }));
  const there = workflows.data?.elements ?? [];
  return there.length > 0 ? (
    <Card title={t('home.emptyTitle')} aside={<Link to="/workflows">{t('home.openWorkflows')}</Link>}>
      <p className={classes.none}>{t('home.startFirst')}</p>
      <ul className={classes.list}>
        {there.map(({ workflow_id: workflowId, owner }) => (
          <li key={workflowId}>
            <Link to="/workflows/$workflowId" params={{ workflowId }}>
              {workflowId}
            </Link>
            <span className="dim">{owner}</span>
            <Button
              size="xs"
              variant="default"
              aria-label={t('start.title', { workflow: workflowId })}
              renderRoot={(props) => <Link {...props} to="/workflows/$workflowId/start" params={{ workflowId }} />}
            >
              {t('workflow.start')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  ) : (
    <Card title={t('home.emptyTitle')} aside={<Link to="/workflows">{t('home.openWorkflows')}</Link>}>
      <p className={classes.begin}>
        <Button renderRoot={(props) => <Link {...props} to="/edit" />}>{t('home.write')}</Button>
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/templates" />}>
          {t('workflows.fromTemplate')}
        </Button>
      </p>
      <p>{t('home.emptyHelp')}</p>
      <Terminal lines={['./maestro init', './maestro push', './maestro run --watch']} />
    </Card>
  );
}
