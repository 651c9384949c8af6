import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { previewOfTriggerQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { Fires } from '../workflow/Fires';

/** When the clock would start what is being written, as the server has it. */
export function NextFires({ workflowId, triggers }: Props) {
  const { t } = useTranslation();
  return (
    <Card title={t('editor.nextFires')}>
      {triggers.map((trigger, index) => (
        <Next key={index} workflowId={workflowId} trigger={trigger} />
      ))}
    </Card>
  );
}

interface Props {
  workflowId: string;
  triggers: readonly Schemas['DefinitionTimeTrigger'][];
}

function Next({ workflowId, trigger }: { workflowId: string; trigger: Schemas['DefinitionTimeTrigger'] }) {
  const preview = useQuery(previewOfTriggerQuery(workflowId, trigger));
  return (
    <Loaded query={preview} height={64}>
      {({ next_fires: fires }) => <Fires trigger={trigger} fires={fires} />}
    </Loaded>
  );
}
