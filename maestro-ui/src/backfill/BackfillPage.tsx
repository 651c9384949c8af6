import { Button, Select, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { CopyActions } from '../app/CopyActions';
import { Facts } from '../app/Facts';
import { useAct } from '../app/useAct';
import { actOnBackfill, type BackfillAction } from '../api/actions';
import type { Schemas } from '../api/client';
import { backfillQuery, backfillRunsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { StatusMark } from '../status/StatusMark';
import { RUN_STATUSES, type Tone } from '../status/status';
import { command } from '../text/command';
import { duration } from '../time/duration';
import { Time } from '../time/Time';
import classes from './Backfill.module.css';
import { BackfillMark } from './BackfillMark';

const route = getRouteApi('/backfills/$id');

/** A back-fill: how far it is, what failed, and what can be done about it. */
export function BackfillPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const backfill = useQuery(backfillQuery(id));
  return (
    <Loaded query={backfill} height={480}>
      {(data) => (
        <>
          <div className={classes.head}>
            <Title order={1}>{t('backfill.of', { workflow: data.workflow_id })}</Title>
            <BackfillMark status={data.status} />
            <span className={classes.spring} />
            <CopyActions line={command('backfill', 'get', id)} />
            <Actions backfill={data} />
          </div>
          <div className={classes.page}>
            <Progress backfill={data} />
            <Values id={id} workflowId={data.workflow_id} />
          </div>
        </>
      )}
    </Loaded>
  );
}

const POSSIBLE: Record<Schemas['BackfillStatus'], readonly BackfillAction[]> = {
  RUNNING: ['pause', 'stop'],
  PAUSED: ['resume', 'stop'],
  STOPPED: ['resume'],
  COMPLETED: [],
};

function Actions({ backfill }: { backfill: Schemas['BackfillView'] }) {
  const { t } = useTranslation();
  const act = useAct((action: BackfillAction) => actOnBackfill(backfill.id, action), ['backfill', backfill.id]);
  const { counts, status } = backfill;
  const failed = counts.failed + counts.timed_out + counts.stopped;
  const possible = [...POSSIBLE[status], ...(failed > 0 ? (['restart-failed'] as const) : [])];
  return (
    <>
      <Button.Group>
        {possible.map((action) => (
          <Button key={action} variant="default" loading={act.isPending} onClick={() => act.mutate(action)}>
            {t(`backfill.${action}`)}
          </Button>
        ))}
      </Button.Group>
      {act.error !== null && <ProblemNote error={act.error} />}
    </>
  );
}

const PARTS: readonly [keyof Schemas['BackfillViewCounts'], Tone][] = [
  ['succeeded', 'succeeded'],
  ['skipped', 'passed'],
  ['running', 'running'],
  ['failed', 'failed'],
  ['timed_out', 'failed'],
  ['stopped', 'stopped'],
];

function Progress({ backfill }: { backfill: Schemas['BackfillView'] }) {
  const { t } = useTranslation();
  const { counts } = backfill;
  return (
    <Card title={t('backfill.progress')}>
      <div className={classes.bar} aria-hidden>
        {PARTS.map(([part, tone]) => (
          <span
            key={part}
            data-tone={tone}
            style={{ '--share': `${(100 * counts[part]) / Math.max(1, counts.total)}%` } as CSSProperties}
          />
        ))}
      </div>
      <Facts
        facts={[
          [t('backfill.values'), `${backfill.first_value} – ${backfill.last_value}`],
          ...PARTS.map(([part]) => [t(`backfill.${part}`), counts[part].toLocaleString()] as const),
          [t('backfill.waiting'), counts.waiting.toLocaleString()],
          [t('backfill.total'), counts.total.toLocaleString()],
          [t('backfill.param'), backfill.param],
          [t('backfill.concurrency'), backfill.concurrency],
          [t('backfill.eta'), backfill.eta_millis == null ? '–' : duration(backfill.eta_millis)],
          [t('backfill.by'), backfill.created_by],
          [t('backfill.created'), <Time key="at" at={backfill.create_time} />],
        ]}
      />
      {backfill.problem != null && <p>{backfill.problem}</p>}
    </Card>
  );
}

function Values({ id, workflowId }: { id: string; workflowId: string }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const runs = useQuery(backfillRunsQuery(id, search));
  return (
    <Card
      title={t('backfill.runs')}
      flush
      aside={
        <Select
          size="xs"
          aria-label={t('runs.filterStatus')}
          placeholder={t('runs.any')}
          clearable
          clearButtonProps={{ 'aria-label': t('runs.any') }}
          value={search.status ?? null}
          onChange={(status) =>
            void navigate({ search: { status: (status as Schemas['RunStatus'] | null) ?? undefined }, replace: true })
          }
          data={RUN_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        />
      }
    >
      <Loaded query={runs} height={240}>
        {({ elements, page_info: page }) => (
          <>
            {elements.length === 0 ? (
              <p className="none">{t('runs.none')}</p>
            ) : (
              <Table highlightOnHover verticalSpacing={6} horizontalSpacing="md">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('backfill.value')}</Table.Th>
                    <Table.Th>{t('runs.status')}</Table.Th>
                    <Table.Th>{t('runs.run')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {elements.map((one) => (
                    <Table.Tr key={one.number}>
                      <Table.Td>{one.value}</Table.Td>
                      <Table.Td>{one.status == null ? '–' : <StatusMark status={one.status} />}</Table.Td>
                      <Table.Td>
                        {one.workflow_instance_id == null ? (
                          '–'
                        ) : (
                          <Link
                            to="/workflows/$workflowId/instances/$instance/runs/$run"
                            params={{
                              workflowId,
                              instance: String(one.workflow_instance_id),
                              run: String(one.workflow_run_id ?? 'latest'),
                            }}
                          >
                            {workflowId}#{one.workflow_instance_id}
                          </Link>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
            <div className={classes.pages}>
              {page.has_next_page && (
                <Link to="/backfills/$id" params={{ id }} search={{ ...search, cursor: page.end_cursor ?? undefined }}>
                  {t('backfill.next')}
                </Link>
              )}
            </div>
          </>
        )}
      </Loaded>
    </Card>
  );
}
