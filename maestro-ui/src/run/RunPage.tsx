import { Button, SegmentedControl, Select, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { part } from '../app/part';
import { Card } from '../app/Card';
import { CopyActions } from '../app/CopyActions';
import { Facts } from '../app/Facts';
import { Icon } from '../app/Icon';
import { type RunSearch, RUN_VIEWS } from '../app/router';
import type { Schemas } from '../api/client';
import { attemptsOfRunQuery, hasEnded, type RunKey, runQuery, runsOfInstanceQuery, whyQuery } from '../api/queries';
import { StartedBy } from '../home/RunTable';
import { Told } from '../notification/Told';
import { Loaded } from '../problem/Loaded';
import { StatusMark } from '../status/StatusMark';
import { toneOf } from '../status/status';
import { command } from '../text/command';
import { Span, Time } from '../time/Time';
import { Gantt } from './Gantt';
import { Handlers } from './Handlers';
import { ParamsTable } from './ParamsTable';
import classes from './Run.module.css';
import { RunActions } from './RunActions';
import { StepPanel } from './StepPanel';
import { stepsOf } from './steps';
import { TimelineList } from './TimelineList';
import { handlerName, isHandler, isIteration, iterationName, Trail } from './Trail';
import { WhyNote } from './WhyNote';

const route = getRouteApi('/workflows/$workflowId/instances/$instance/runs/$run');

// Drawn on demand: most of the weight of this page.
const Graph = lazy(() => part(() => import('./Graph')).then((module) => ({ default: module.Graph })));

/** Runs of more steps are shown on an axis of time first. */
const GRAPH_UP_TO = 500;

/** One run: its steps as a graph or on an axis of time, and a panel for the one that is looked at. */
export function RunPage() {
  const { workflowId, instance, run } = route.useParams();
  const key = { workflowId, instance: Number(instance), run };
  const view = useQuery(runQuery(key));
  return (
    <Loaded query={view} height={520}>
      {(data) => <Run key={`${workflowId} ${instance} ${run}`} at={key} run={data} />}
    </Loaded>
  );
}

interface Props {
  at: RunKey;
  run: Schemas['InstanceView'];
}

function Run({ at, run }: Props) {
  const { t } = useTranslation();
  const live = !hasEnded(run.status);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const attempts = useQuery(attemptsOfRunQuery(at, live));
  const why = useQuery(whyQuery(at, live));
  const go = (change: RunSearch) => void navigate({ search: { ...search, ...change }, resetScroll: false });
  const panel = useRef<HTMLDivElement>(null);
  const isAsked = useRef(false);
  const select = (step: string) => {
    go({ step, attempt: undefined, line: undefined });
    isAsked.current = true;
  };
  useEffect(() => {
    // What was chosen may be shown below what is seen: a click must not seem to do nothing.
    if (isAsked.current) {
      isAsked.current = false;
      showTop(panel.current);
    }
  }, [search.step]);
  const steps = stepsOf(run, attempts.data ?? []);
  const shown = search.view ?? (steps.length > GRAPH_UP_TO ? 'gantt' : 'graph');
  const chosen = steps.find(({ id }) => id === search.step);
  return (
    <div className={classes.page}>
      <Trail by={run.initiator} />
      <Head at={at} run={run} />
      <Card>
        <Facts
          facts={[
            run.start_time == null
              ? [t('run.created'), <Time key="created" at={run.create_time} />]
              : [t('run.started'), <Time key="started" at={run.start_time} />],
            [t('run.duration'), <Span key="took" from={run.start_time} to={run.end_time} live={live} />],
            [t('run.by'), <StartedBy key="by" by={run.initiator} />],
            [
              t('workflow.version'),
              <Link
                key="version"
                to="/workflows/$workflowId"
                params={{ workflowId: at.workflowId }}
                search={{ version: run.workflow_version_id }}
              >
                {run.workflow_version_id}
              </Link>,
            ],
            [t('workflow.owner'), run.run_properties.owner],
            [
              t('lineage.title'),
              <Link
                key="lineage"
                className="in-text"
                to="/lineage"
                search={{ workflow: at.workflowId, instance: at.instance }}
              >
                {t('lineage.show')}
              </Link>,
            ],
          ]}
        />
      </Card>
      {run.status !== 'SUCCEEDED' && (
        <WhyNote why={why} hasEnded={!live} failed={toneOf(run.status) === 'failed'} onStep={select} />
      )}
      <Card
        title={t('run.steps')}
        flush
        aside={
          <SegmentedControl
            size="xs"
            aria-label={t('run.view')}
            value={shown}
            onChange={(view) => go({ view: RUN_VIEWS.find((known) => known === view) })}
            data={RUN_VIEWS.map((view) => ({ value: view, label: t(`run.${view}`) }))}
          />
        }
      >
        {shown === 'gantt' ? (
          <Gantt
            steps={steps}
            from={run.start_time ?? run.create_time}
            to={run.end_time ?? undefined}
            selected={search.step}
            onSelect={select}
          />
        ) : (
          <Suspense>
            <Graph steps={steps} live={live} selected={search.step} onSelect={select} />
          </Suspense>
        )}
      </Card>
      <Handlers run={run} />
      <Told at={at} live={live} />
      {chosen === undefined ? (
        <>
          <p className={classes.none}>{t('run.select')}</p>
          <Card title={t('run.params')} flush>
            <ParamsTable params={run.params} none={t('step.noParams')} />
          </Card>
          <Card title={t('run.timeline')} flush>
            <TimelineList events={run.timeline} />
          </Card>
        </>
      ) : (
        <div ref={panel}>
          <StepPanel key={chosen.id} at={at} step={chosen} live={live} search={search} onChange={go} />
        </div>
      )}
    </div>
  );
}

/** Brings something into view whose beginning is below what is seen; what is seen already stays where it is. */
function showTop(element: HTMLElement | null) {
  const top = element?.getBoundingClientRect().top ?? 0;
  if (element !== null && top > 0.75 * globalThis.innerHeight) {
    element.scrollIntoView({ block: 'center' });
  }
}

function Head({ at, run }: Props) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const runs = useQuery(runsOfInstanceQuery(at));
  const name = `${at.workflowId}#${at.instance}`;
  return (
    <div className={classes.head}>
      <Title order={1}>
        {isIteration(run.initiator) ? (
          iterationName(run.initiator, at.instance)
        ) : isHandler(run.initiator) ? (
          handlerName(run.initiator)
        ) : (
          <>
            <Link to="/workflows/$workflowId" params={{ workflowId: at.workflowId }}>
              {at.workflowId}
            </Link>{' '}
            #{at.instance}
          </>
        )}
      </Title>
      <StatusMark status={run.status} strong />
      {(runs.data?.elements.length ?? 0) > 1 && (
        <Select
          className={classes.runs}
          size="xs"
          aria-label={t('run.runs')}
          allowDeselect={false}
          value={String(run.workflow_run_id)}
          onChange={(chosen) => chosen !== null && void navigate({ params: (now) => ({ ...now, run: chosen }) })}
          data={runs.data?.elements.map(({ workflow_run_id: number }) => ({
            value: String(number),
            label: t('run.run', { run: number }),
          }))}
        />
      )}
      <span className={classes.spring} />
      <CopyActions line={command('explain', name)} />
      {toneOf(run.status) === 'failed' && !isIteration(run.initiator) && !isHandler(run.initiator) && (
        <Button
          variant="default"
          leftSection={<Icon name="pencil" />}
          renderRoot={(props) => <Link {...props} to="/edit" search={{ workflow: at.workflowId }} />}
        >
          {t('workflow.edit')}
        </Button>
      )}
      <RunActions at={at} status={run.status} version={run.workflow_version_id} />
    </div>
  );
}
