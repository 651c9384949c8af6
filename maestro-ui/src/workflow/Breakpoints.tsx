import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { useAct } from '../app/useAct';
import { removeBreakpoint, setBreakpoint } from '../api/actions';
import type { Schemas } from '../api/client';
import { breakpointsQuery, definitionQuery, heldQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { Time } from '../time/Time';
import { stepIdsOf } from './stepIds';
import classes from './Workflow.module.css';

/** The steps before which attempts are held, and those that are held now. */
export function Breakpoints({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation();
  const breakpoints = useQuery(breakpointsQuery(workflowId));
  const definition = useQuery(definitionQuery(workflowId, 'default'));
  const set = useAct((stepId: string) => setBreakpoint(workflowId, stepId), ['workflow', workflowId, 'breakpoints']);
  return (
    <Card
      title={t('workflow.breakpoints')}
      aside={
        <Select
          size="xs"
          aria-label={t('workflow.setBreakpoint')}
          placeholder={t('workflow.setBreakpoint')}
          value={null}
          searchable
          onChange={(stepId) => stepId !== null && set.mutate(stepId)}
          data={stepIdsOf(definition.data?.workflow)}
        />
      }
    >
      {set.error !== null && <ProblemNote error={set.error} />}
      <Loaded query={breakpoints} height={40}>
        {(found) =>
          found.length === 0 ? (
            <span className="dim">{t('workflow.noBreakpoints')}</span>
          ) : (
            <ul className={classes.held}>
              {found.map((breakpoint) => (
                <Held key={breakpoint.step_id} breakpoint={breakpoint} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function Held({ breakpoint }: { breakpoint: Schemas['StepBreakpoint'] }) {
  const { t } = useTranslation();
  const { workflow_id: workflowId, step_id: stepId } = breakpoint;
  const held = useQuery(heldQuery(workflowId, stepId));
  const remove = useAct(() => removeBreakpoint(workflowId, stepId), ['workflow', workflowId, 'breakpoints']);
  return (
    <li>
      <div className={classes.line}>
        <code>{stepId}</code>
        <span className="dim">
          {breakpoint.created_by}, <Time at={breakpoint.create_time} />
        </span>
        <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t('workflow.removeBreakpoint')}
        </Button>
      </div>
      {remove.error !== null && <ProblemNote error={remove.error} />}
      {(held.data ?? []).map((attempt) => (
        <Link
          key={`${attempt.workflow_instance_id} ${attempt.workflow_run_id} ${attempt.step_attempt_id}`}
          to="/workflows/$workflowId/instances/$instance/runs/$run"
          params={{
            workflowId,
            instance: String(attempt.workflow_instance_id),
            run: String(attempt.workflow_run_id),
          }}
          search={{ step: stepId }}
        >
          {t('workflow.holds', { run: `${workflowId}#${attempt.workflow_instance_id}` })}
        </Link>
      ))}
    </li>
  );
}
