import { Button, Group, Modal, Progress, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { restart } from '../api/actions';
import type { Schemas } from '../api/client';
import { failuresQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';

interface Props {
  group: Pick<Schemas['FailedRunsGroup'], 'workflow_id' | 'signature'>;
  onClose: () => void;
}

/** Says how many runs failed in one way, and restarts all of them, one after the other, once that is confirmed. */
export function RestartDialog({ group: { workflow_id: workflow, signature }, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [done, setDone] = useState(0);
  const failed = useQuery({
    ...failuresQuery({ workflow, signature }),
    // What is confirmed is what was shown.
    refetchInterval: false,
    refetchOnWindowFocus: false,
    queryKey: ['restart of failures', workflow, signature],
    gcTime: 0,
  });
  const runs = failed.data?.groups[0]?.runs ?? [];
  const act = useMutation({
    mutationFn: async () => {
      setDone(0);
      for (const { workflow_id: workflowId, workflow_instance_id: instance, workflow_run_id: run } of runs) {
        await restart({ workflowId, instance, run: String(run) }, 'RESTART_FROM_INCOMPLETE');
        setDone((before) => before + 1);
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
    onSuccess: onClose,
  });
  return (
    <Modal opened onClose={onClose} title={t('home.restartTitle', { workflow })}>
      <Stack>
        <Loaded query={failed} height={48}>
          {({ complete }) => (
            <>
              <span>{t('home.restartMatches', { count: runs.length })}</span>
              {runs.length > 0 && (
                <span className="dim">
                  {runs
                    .slice(0, 10)
                    .map((run) => `#${run.workflow_instance_id}`)
                    .join(', ')}
                  {runs.length > 10 && ', …'}
                </span>
              )}
              {!complete && <span className="dim">{t('home.restartLatestOnly')}</span>}
            </>
          )}
        </Loaded>
        {act.isPending && (
          <Progress value={(100 * done) / runs.length} aria-label={t('home.restarted', { count: done })} />
        )}
        {act.error !== null && (
          <>
            <span>{t('home.restarted', { count: done })}</span>
            <ProblemNote error={act.error} />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button disabled={runs.length === 0} loading={act.isPending} onClick={() => act.mutate()} data-autofocus>
            {t('home.restartAll', { count: runs.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
