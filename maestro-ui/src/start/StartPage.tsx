import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { definitionQuery, runQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { StartForm } from './StartForm';

const route = getRouteApi('/workflows/$workflowId/start');

/** A form made from a workflow's parameters, empty or filled in as an earlier instance was started. */
export function StartPage() {
  const { t } = useTranslation();
  const { workflowId } = route.useParams();
  const { again } = route.useSearch();
  const definition = useQuery(definitionQuery(workflowId, 'default'));
  const earlier = useQuery({
    ...runQuery({ workflowId, instance: again ?? 0, run: 'latest' }),
    enabled: again !== undefined,
    refetchInterval: false,
  });
  return (
    <>
      <Title order={1} mb="xs">
        {t('start.verb')}{' '}
        <Link to="/workflows/$workflowId" params={{ workflowId }}>
          {workflowId}
        </Link>
      </Title>
      <Loaded query={definition}>
        {({ metadata, workflow }) => (
          <>
            <p className="dim">
              {t('start.explain', { version: metadata.workflow_version_id })}{' '}
              {again !== undefined && (
                <Link
                  to="/workflows/$workflowId/instances/$instance/runs/$run"
                  params={{ workflowId, instance: String(again), run: 'latest' }}
                >
                  {t('start.again', { instance: `${workflowId}#${again}` })}
                </Link>
              )}
            </p>
            {again === undefined ? (
              <StartForm workflowId={workflowId} params={workflow.params ?? {}} given={{}} />
            ) : (
              <Loaded query={earlier}>
                {(run) => <StartForm workflowId={workflowId} params={workflow.params ?? {}} given={run.run_params} />}
              </Loaded>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
