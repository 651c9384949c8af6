import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { actOnIterations, type LoopAction } from '../api/actions';
import type { IterationFilter, StepKey } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';

interface Props {
  at: StepKey;
  action: LoopAction;
  filter: IterationFilter;
  onClose: () => void;
}

/** Says how many iterations an action would reach, and acts on all of them once that is confirmed. */
export function ActDialog({ at, action, filter, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const name = t(`loop.${action}`);
  const dryRun = useQuery({
    queryKey: ['dry run', at, action, filter],
    queryFn: () => actOnIterations(at, action, filter, true),
    gcTime: 0,
  });
  const act = useMutation({
    mutationFn: () => actOnIterations(at, action, filter, false),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['instances', at.workflowId, at.instance] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('loop.confirmTitle', { action: name })}>
      <Stack>
        <Loaded query={dryRun} height={48}>
          {({ matched, samples }) => (
            <>
              <span>{t('loop.matches', { count: matched, shown: matched.toLocaleString() })}</span>
              {samples.length > 0 && (
                <span className="dim">
                  {t('loop.samples', { samples: samples.map((sample) => `#${sample}`).join(', ') })}
                </span>
              )}
            </>
          )}
        </Loaded>
        {act.error !== null && <ProblemNote error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            disabled={(dryRun.data?.matched ?? 0) === 0}
            loading={act.isPending}
            onClick={() => act.mutate()}
            data-autofocus
          >
            {t('loop.confirm', { action: name, shown: (dryRun.data?.matched ?? 0).toLocaleString() })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
