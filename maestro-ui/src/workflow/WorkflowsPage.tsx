import { Button, Table, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { Icon } from '../app/Icon';
import type { WorkflowsSearch } from '../app/router';
import { SavedViews } from '../app/SavedViews';
import { Terminal } from '../app/Terminal';
import type { Schemas } from '../api/client';
import { workflowsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { Time } from '../time/Time';
import classes from './Workflow.module.css';

const route = getRouteApi('/workflows');
const TYPING_PAUSE = 200;

/** All workflows by id, and a search that the server does. */
export function WorkflowsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const workflows = useQuery(workflowsQuery(search));
  const find = useDebouncedCallback(
    (change: Partial<WorkflowsSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change, cursor: undefined }), replace: true }),
    TYPING_PAUSE,
  );
  return (
    <>
      <div className={classes.head}>
        <Title order={1}>{t('workflows.title')}</Title>
        <span className={classes.spring} />
        <Button
          variant="default"
          leftSection={<Icon name="template" />}
          renderRoot={(props) => <Link {...props} to="/templates" />}
        >
          {t('workflows.fromTemplate')}
        </Button>
        <Button leftSection={<Icon name="pencil" />} renderRoot={(props) => <Link {...props} to="/edit" />}>
          {t('editor.newTitle')}
        </Button>
      </div>
      <div className={classes.filters}>
        <TextInput
          className={classes.search}
          aria-label={t('workflows.search')}
          placeholder={t('workflows.search')}
          leftSection={<Icon name="search" />}
          defaultValue={search.q ?? ''}
          onChange={(event) => find({ q: event.currentTarget.value.trim() || undefined })}
        />
        <TextInput
          aria-label={t('workflows.tag')}
          placeholder={t('workflows.tag')}
          defaultValue={search.tag ?? ''}
          onChange={(event) => find({ tag: event.currentTarget.value.trim() || undefined })}
        />
        <SavedViews
          page="workflows"
          search={search}
          onChoose={(view) => void navigate({ search: view as WorkflowsSearch })}
        />
      </div>
      <Loaded query={workflows} height={480}>
        {({ elements, page_info: page }) =>
          elements.length === 0 && Object.values(search).every((value) => value === undefined) ? (
            <Card title={t('workflows.emptyTitle')}>
              <p className={classes.begin}>
                <Button renderRoot={(props) => <Link {...props} to="/templates" />}>
                  {t('workflows.fromTemplate')}
                </Button>
                <Button variant="default" renderRoot={(props) => <Link {...props} to="/edit" />}>
                  {t('home.write')}
                </Button>
              </p>
              <p>{t('workflows.emptyHelp')}</p>
              <Terminal lines={['./maestro init', './maestro push']} />
            </Card>
          ) : (
            <>
              <Card flush>
                {elements.length === 0 ? (
                  <p className="none">{t(page.has_next_page ? 'workflows.noneYet' : 'workflows.none')}</p>
                ) : (
                  <WorkflowTable workflows={elements} />
                )}
              </Card>
              <div className={classes.pages}>
                {page.has_next_page && (
                  <Link to="/workflows" search={{ ...search, cursor: page.end_cursor ?? undefined }}>
                    {t(elements.length === 0 ? 'workflows.further' : 'workflows.more')}
                  </Link>
                )}
              </div>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function WorkflowTable({ workflows }: { workflows: readonly Schemas['WorkflowSummary'][] }) {
  const { t } = useTranslation();
  return (
    <Table highlightOnHover verticalSpacing="xs" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('workflows.workflow')}</Table.Th>
          <Table.Th>{t('workflows.owner')}</Table.Th>
          <Table.Th className="number">{t('workflows.version')}</Table.Th>
          <Table.Th className="number">{t('workflows.instances')}</Table.Th>
          <Table.Th>{t('workflows.changed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {workflows.map((workflow) => (
          <Table.Tr key={workflow.workflow_id}>
            <Table.Td>
              <Link className="in-text" to="/workflows/$workflowId" params={{ workflowId: workflow.workflow_id }}>
                {workflow.workflow_id}
              </Link>
              {workflow.name != null && <span className="dim"> {workflow.name}</span>}
              {workflow.pause != null && <span className={classes.paused}>{t('workflows.paused')}</span>}
            </Table.Td>
            <Table.Td className="dim">{workflow.owner}</Table.Td>
            <Table.Td className="number">{workflow.active_version_id ?? t('workflows.inactive')}</Table.Td>
            <Table.Td className="number">{workflow.latest_instance_id}</Table.Td>
            <Table.Td className="dim">
              <Time at={workflow.modify_time} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
