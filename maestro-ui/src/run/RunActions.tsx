import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endRun, restart, type RestartPolicy } from '../api/actions';
import type { Schemas } from '../api/client';
import { hasEnded, overviewQuery, type RunKey } from '../api/queries';
import { ProblemNote } from '../problem/ProblemNote';

const route = getRouteApi('/workflows/$workflowId/instances/$instance/runs/$run');

interface Props {
  at: RunKey;
  status: Schemas['RunStatus'];
  version: number;
}

interface Again {
  policy: RestartPolicy;
  version?: number;
}

/** What can be done with a run as it stands. */
export function RunActions({ at, status, version }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const refresh = () => queries.invalidateQueries({ queryKey: ['instances', at.workflowId, at.instance] });
  const again = useMutation({
    mutationFn: ({ policy, version: other }: Again) => restart(at, policy, other),
    onSuccess: async (started) => {
      await refresh();
      await navigate({ params: (now) => ({ ...now, run: String(started.workflow_run_id) }) });
    },
  });
  const end = useMutation({ mutationFn: (action: 'stop' | 'kill') => endRun(at, action), onSuccess: refresh });
  const error = again.error ?? end.error;
  const [isOpen, setIsOpen] = useState(false);
  const overview = useQuery({ ...overviewQuery(at.workflowId), enabled: isOpen });
  const active = overview.data?.active_version_id;
  const policies: readonly RestartPolicy[] =
    status === 'SUCCEEDED' ? ['RESTART_FROM_BEGINNING'] : ['RESTART_FROM_INCOMPLETE', 'RESTART_FROM_BEGINNING'];
  const item = (policy: RestartPolicy, other?: number) => (
    <Menu.Item key={policy} onClick={() => again.mutate(other === undefined ? { policy } : { policy, version: other })}>
      {t(`run.${policy}`)}
    </Menu.Item>
  );
  return (
    <>
      {hasEnded(status) ? (
        <Menu position="bottom-end" opened={isOpen} onChange={setIsOpen}>
          <Menu.Target>
            <Button loading={again.isPending}>{t('run.restart')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {active != null && active !== version && (
              <>
                <Menu.Label>{t('run.restartWith', { version: active })}</Menu.Label>
                {policies.map((policy) => item(policy, active))}
              </>
            )}
            <Menu.Label>{t('run.restartAs', { version })}</Menu.Label>
            {policies.map((policy) => item(policy))}
            <Menu.Label>{t('run.another')}</Menu.Label>
            <Menu.Item
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="/workflows/$workflowId/start"
                  params={{ workflowId: at.workflowId }}
                  search={{ again: at.instance }}
                />
              )}
            >
              {t('run.startAgain')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button.Group>
          <Button
            variant="default"
            title={t('run.stopHelp')}
            loading={end.isPending && end.variables === 'stop'}
            onClick={() => end.mutate('stop')}
          >
            {t('run.stop')}
          </Button>
          <Button
            variant="default"
            title={t('run.killHelp')}
            loading={end.isPending && end.variables === 'kill'}
            onClick={() => end.mutate('kill')}
          >
            {t('run.kill')}
          </Button>
        </Button.Group>
      )}
      {error !== null && <ProblemNote error={error} />}
    </>
  );
}
