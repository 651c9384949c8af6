import { Alert, Button, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { CopyActions } from '../app/CopyActions';
import { Facts } from '../app/Facts';
import { Icon } from '../app/Icon';
import type { Schemas } from '../api/client';
import { overviewQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { command } from '../text/command';
import { AfterRuns } from './AfterRuns';
import { Backfills } from './Backfills';
import { Breakpoints } from './Breakpoints';
import { Calendar } from './Calendar';
import { Comparison } from './Comparison';
import { History } from './History';
import { PauseButton } from './PauseButton';
import { Plan } from './Plan';
import { Properties } from './Properties';
import { Triggers } from './Triggers';
import { Versions } from './Versions';
import classes from './Workflow.module.css';

const route = getRouteApi('/workflows/$workflowId');

/** The server counts no further. */
const MOST_FAILED = 1_000;

/** A workflow: how it stands, its latest runs, when the clock starts it, its versions. */
export function WorkflowPage() {
  const { t } = useTranslation();
  const { workflowId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const overview = useQuery(overviewQuery(workflowId));
  return (
    <>
      <div className={classes.head}>
        <Title order={1}>{workflowId}</Title>
        <span className={classes.spring} />
        <CopyActions line={command('describe', workflowId)} />
        <Button.Group>
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/lineage" search={{ workflow: workflowId }} />}
          >
            {t('lineage.title')}
          </Button>
          {overview.data !== undefined && <PauseButton workflowId={workflowId} paused={overview.data.pause != null} />}
          <Button
            variant="default"
            leftSection={<Icon name="pencil" />}
            renderRoot={(props) => <Link {...props} to="/edit" search={{ workflow: workflowId }} />}
          >
            {t('workflow.edit')}
          </Button>
        </Button.Group>
        <Button renderRoot={(props) => <Link {...props} to="/workflows/$workflowId/start" params={{ workflowId }} />}>
          {t('workflow.start')}
        </Button>
      </div>
      <Loaded query={overview} height={480}>
        {(data) => (
          <div className={classes.page}>
            {data.pause != null && (
              <Alert color="yellow" title={t('workflow.pausedTitle', { by: data.pause.by })}>
                {t('workflow.pausedHelp')}
              </Alert>
            )}
            <Overview overview={data} />
            <Plan workflowId={workflowId} version={search.version ?? data.default_version_id} />
            <div className={classes.pair}>
              <div className={classes.page}>
                <History workflowId={workflowId} />
                <Triggers workflowId={workflowId} />
                <Backfills workflowId={workflowId} />
              </div>
              <div className={classes.page}>
                <Versions workflowId={workflowId} />
                <Calendar workflowId={workflowId} />
                <Breakpoints workflowId={workflowId} />
              </div>
            </div>
            <AfterRuns workflowId={workflowId} version={search.version ?? data.default_version_id} />
            <Properties properties={data.properties_snapshot} />
            <Comparison
              workflowId={workflowId}
              version={search.version ?? data.default_version_id}
              against={search.against}
              onChange={(against) =>
                void navigate({ search: { ...search, against }, replace: true, resetScroll: false })
              }
            />
          </div>
        )}
      </Loaded>
    </>
  );
}

function Overview({ overview }: { overview: Schemas['WorkflowOverview'] }) {
  const { t } = useTranslation();
  const { properties_snapshot: properties, nonterminal_instances: living } = overview;
  const strategy = properties.run_strategy;
  return (
    <Card title={t('workflow.overview')}>
      <Facts
        facts={[
          [t('workflow.running'), living['IN_PROGRESS'] ?? 0],
          [t('workflow.queued'), living['CREATED'] ?? 0],
          [
            t('workflow.failed'),
            overview.failed_instances < MOST_FAILED
              ? overview.failed_instances
              : t('workflow.orMore', { shown: MOST_FAILED.toLocaleString() }),
          ],
          [t('workflow.instances'), overview.latest_instance_id],
          [t('workflow.owner'), ownerOf(properties)],
          [t('workflow.strategy'), <Strategy key="strategy" strategy={strategy} />],
          [t('workflow.steps'), overview.step_concurrency],
        ]}
      />
    </Card>
  );
}

function ownerOf({ owner }: Schemas['PropertiesView']): string {
  return typeof owner === 'object' && owner !== null ? owner.name : (owner ?? '');
}

function Strategy({ strategy }: { strategy: Schemas['PropertiesView']['run_strategy'] }) {
  const { t } = useTranslation();
  if (typeof strategy !== 'object' || strategy === null) {
    return <StrategyName rule={String(strategy ?? 'SEQUENTIAL')} />;
  }
  return (
    <>
      <StrategyName rule={strategy.rule} />
      {strategy.rule === 'PARALLEL' &&
        strategy.workflow_concurrency !== undefined &&
        `, ${t('workflow.concurrency', { count: strategy.workflow_concurrency })}`}
    </>
  );
}

/** What a strategy does; its name, which definitions have, on hover. */
function StrategyName({ rule }: { rule: string }) {
  const { t, i18n } = useTranslation();
  const key = `strategy.${rule.toUpperCase()}` as 'strategy.SEQUENTIAL';
  return <span title={rule}>{i18n.exists(key) ? t(key) : rule}</span>;
}
