import { Button, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { endRun, restart, type RestartPolicy } from '../api/actions';
import type { Schemas } from '../api/client';
import { hasEnded, type RunKey } from '../api/queries';
import { ProblemNote } from '../problem/ProblemNote';

const route = getRouteApi('/workflows/$workflowId/instances/$instance/runs/$run');

interface Props {
  at: RunKey;
  status: Schemas['RunStatus'];
}

/** What can be done with a run as it stands. */
export function RunActions({ at, status }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const refresh = () => queries.invalidateQueries({ queryKey: ['instances', at.workflowId, at.instance] });
  const again = useMutation({
    mutationFn: (policy: RestartPolicy) => restart(at, policy),
    onSuccess: async (started) => {
      await refresh();
      await navigate({ params: (now) => ({ ...now, run: String(started.workflow_run_id) }) });
    },
  });
  const end = useMutation({ mutationFn: (action: 'stop' | 'kill') => endRun(at, action), onSuccess: refresh });
  const error = again.error ?? end.error;
  return (
    <>
      {hasEnded(status) ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button loading={again.isPending}>{t('run.restart')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {status !== 'SUCCEEDED' && (
              <Menu.Item onClick={() => again.mutate('RESTART_FROM_INCOMPLETE')}>
                {t('run.restartIncomplete')}
              </Menu.Item>
            )}
            <Menu.Item onClick={() => again.mutate('RESTART_FROM_BEGINNING')}>{t('run.restartBeginning')}</Menu.Item>
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
            <Menu.Item
              renderRoot={(props) => (
                <Link {...props} to="/lineage" search={{ workflow: at.workflowId, instance: at.instance }} />
              )}
            >
              {t('lineage.title')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button.Group>
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate('stop')}>
            {t('run.stop')}
          </Button>
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate('kill')}>
            {t('run.kill')}
          </Button>
        </Button.Group>
      )}
      {error !== null && <ProblemNote error={error} />}
    </>
  );
}
