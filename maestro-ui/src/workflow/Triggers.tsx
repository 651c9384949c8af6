import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { useAct } from '../app/useAct';
import { pauseClock } from '../api/actions';
import type { Schemas } from '../api/client';
import { triggersQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { Fires } from './Fires';
import classes from './Workflow.module.css';

/** When the clock starts it next: what the server itself will do, in the trigger's zone and in the reader's. */
export function Triggers({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation();
  const triggers = useQuery(triggersQuery(workflowId));
  const clock = useAct((paused: boolean) => pauseClock(workflowId, paused), ['workflow', workflowId]);
  return (
    <Card
      title={t('workflow.triggers')}
      aside={
        triggers.data !== undefined &&
        triggers.data.time_triggers.length > 0 && (
          <Button
            size="xs"
            variant="default"
            loading={clock.isPending}
            onClick={() => clock.mutate(!triggers.data.paused)}
          >
            {triggers.data.paused ? t('workflow.resumeClock') : t('workflow.pauseClock')}
          </Button>
        )
      }
    >
      {clock.error !== null && <ProblemNote error={clock.error} />}
      <Loaded query={triggers}>
        {(data) => (
          <>
            {data.paused && <Alert color="yellow">{t('workflow.triggersPaused', { by: data.paused_by ?? '' })}</Alert>}
            {data.time_triggers.length === 0 && <span className="dim">{t('workflow.noTriggers')}</span>}
            {data.time_triggers.map((trigger) => (
              <Trigger key={trigger.trigger_uuid} trigger={trigger} />
            ))}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Trigger({ trigger }: { trigger: Schemas['TriggerView'] }) {
  return (
    <div className={classes.trigger}>
      {trigger.problem != null && <Alert color="red">{trigger.problem}</Alert>}
      <Fires trigger={trigger.trigger as Schemas['DefinitionTimeTrigger']} fires={trigger.next_fires} />
    </div>
  );
}
