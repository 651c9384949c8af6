import { Button, Select, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { RunsSearch } from '../app/router';
import { SavedViews } from '../app/SavedViews';
import { failuresQuery, runsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { RUN_STATUSES } from '../status/status';
import { Time } from '../time/Time';
import classes from './Home.module.css';
import { RunTable } from './RunTable';

const route = getRouteApi('/runs');

/** All runs, newest first, by status, workflow and owner; the address says which. */
export function RunsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { signature, ...listed } = search;
  const runs = useQuery({ ...runsQuery({ ...listed, first: 50 }), enabled: signature === undefined });
  const { workflow, owner } = search;
  const failures = useQuery({
    ...failuresQuery({ workflow, owner, signature }),
    enabled: signature !== undefined,
  });
  const filter = (change: Partial<RunsSearch>) =>
    void navigate({ search: { ...search, cursor: undefined, signature: undefined, ...change }, replace: true });
  return (
    <>
      <Title order={1} mb="md">
        {t('runs.title')}
      </Title>
      <div className={classes.filters} key={`${search.workflow === undefined} ${search.owner === undefined}`}>
        <Select
          label={t('runs.filterStatus')}
          placeholder={t('runs.any')}
          clearable
          clearButtonProps={{ 'aria-label': t('runs.any') }}
          value={search.status ?? null}
          onChange={(status) => filter({ status: status ?? undefined })}
          data={RUN_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        />
        <TextInput
          label={t('runs.filterWorkflow')}
          defaultValue={search.workflow ?? ''}
          onChange={(event) => filter({ workflow: event.currentTarget.value || undefined })}
        />
        <TextInput
          label={t('runs.filterOwner')}
          defaultValue={search.owner ?? ''}
          onChange={(event) => filter({ owner: event.currentTarget.value || undefined })}
        />
        <SavedViews page="runs" search={search} onChoose={(view) => void navigate({ search: view as RunsSearch })} />
      </div>
      {search.from !== undefined && search.to !== undefined && (
        <p className="dim">
          {t('runs.between')} <Time at={search.from} /> – <Time at={search.to} />{' '}
          <Button size="compact-xs" variant="default" onClick={() => filter({ from: undefined, to: undefined })}>
            {t('runs.anyTime')}
          </Button>
        </p>
      )}
      {signature !== undefined ? (
        <>
          <div className={classes.signature}>
            <pre>{signature}</pre>
            <Button size="compact-xs" variant="default" onClick={() => filter({})}>
              {t('runs.anyCause')}
            </Button>
          </div>
          <Loaded query={failures} height={480}>
            {({ groups }) => (
              <Card flush>
                {groups.length === 0 ? (
                  <p className={classes.none}>{t('runs.noneOfCause')}</p>
                ) : (
                  <RunTable runs={groups.flatMap((group) => group.runs)} />
                )}
              </Card>
            )}
          </Loaded>
        </>
      ) : (
        <Loaded query={runs} height={480}>
          {({ elements, page_info: page }) => (
            <>
              <Card flush>
                {elements.length === 0 ? (
                  <p className={classes.none}>
                    {Object.values(listed).every((value) => value === undefined) ? (
                      <>
                        {t('runs.noneAtAll')} <Link to="/workflows">{t('home.openWorkflows')}</Link>
                      </>
                    ) : (
                      t('runs.none')
                    )}
                  </p>
                ) : (
                  <RunTable runs={elements} />
                )}
              </Card>
              <div className={classes.pages}>
                {search.cursor !== undefined && (
                  <Link to="/runs" search={{ ...search, cursor: undefined }}>
                    {t('app.newest')}
                  </Link>
                )}
                {page.has_next_page && (
                  <Link to="/runs" search={{ ...search, cursor: page.end_cursor ?? undefined }}>
                    {t('app.more')}
                  </Link>
                )}
              </div>
            </>
          )}
        </Loaded>
      )}
    </>
  );
}
