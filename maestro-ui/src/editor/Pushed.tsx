import { Alert, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { Icon } from '../app/Icon';
import { Fires } from '../workflow/Fires';

/** What a push has made, when its clock starts it, and where to go from there. */
export function Pushed({ answer, mb }: { answer: Schemas['PushAnswer']; mb?: 'md' }) {
  const { t } = useTranslation();
  const { metadata, workflow } = answer.workflow_definition;
  const params = { workflowId: metadata.workflow_id };
  return (
    <Alert
      color="teal"
      mb={mb}
      role="status"
      title={t('editor.pushed', { workflow: metadata.workflow_id, version: metadata.workflow_version_id })}
    >
      {answer.next_fires !== undefined && answer.next_fires.length > 0 && workflow.time_triggers?.[0] !== undefined && (
        <Fires trigger={workflow.time_triggers[0]} fires={answer.next_fires.filter(({ index }) => index === 0)} />
      )}
      <Button.Group mt="xs">
        <Button size="xs" renderRoot={(props) => <Link {...props} to="/workflows/$workflowId/start" params={params} />}>
          {t('workflow.start')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="workflows" />}
          renderRoot={(props) => <Link {...props} to="/workflows/$workflowId" params={params} />}
        >
          {t('editor.openWorkflow')}
        </Button>
      </Button.Group>
    </Alert>
  );
}
