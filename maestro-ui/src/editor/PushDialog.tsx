import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { push } from '../api/actions';
import { Refusal, type Schemas } from '../api/client';
import { previewQuery, yamlQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { Diff } from './Diff';
import classes from './Editor.module.css';

interface Props {
  workflowId: string;
  text: string;
  onClose: () => void;
  onPushed: (answer: Schemas['PushAnswer']) => void;
}

/** Shows what a push would change in the active version, and pushes. */
export function PushDialog({ workflowId, text, onClose, onPushed }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const active = useQuery({ ...yamlQuery(workflowId, 'default'), staleTime: 0, retry: false });
  const preview = useQuery(previewQuery(text));
  const pushing = useMutation({
    mutationFn: () => push(text),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['workflow', workflowId] });
      onPushed(answer);
    },
  });
  const isNew = active.error instanceof Refusal && active.error.status === 404;
  return (
    <Modal opened onClose={onClose} size="60rem" title={t('editor.pushTitle', { workflow: workflowId })}>
      <Stack>
        {isNew ? (
          <Alert color="gray">{t('editor.firstVersion', { workflow: workflowId })}</Alert>
        ) : (
          <Loaded query={active} height={160}>
            {(before) =>
              preview.data?.yaml == null ? null : String(before) === preview.data.yaml ? (
                <Alert color="gray">{t('editor.noChange')}</Alert>
              ) : (
                <div className={classes.diff}>
                  <Diff label={t('editor.diffLabel')} before={String(before)} after={preview.data.yaml} />
                </div>
              )
            }
          </Loaded>
        )}
        {pushing.error !== null && <ProblemNote error={pushing.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button loading={pushing.isPending} onClick={() => pushing.mutate()} data-autofocus>
            {t('editor.push')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
