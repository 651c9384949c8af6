import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { actOnWorkflow } from '../api/actions';

/** Lets new runs of a workflow wait, or start again. */
export function PauseButton({ workflowId, paused }: { workflowId: string; paused: boolean }) {
  const { t } = useTranslation();
  const act = useAct(() => actOnWorkflow(workflowId, paused ? 'resume' : 'pause'), ['workflow', workflowId]);
  return (
    <Button
      variant="default"
      loading={act.isPending}
      color={act.error === null ? undefined : 'red'}
      title={act.error?.message}
      onClick={() => act.mutate(undefined)}
    >
      {paused ? t('workflow.resume') : t('workflow.pause')}
    </Button>
  );
}
