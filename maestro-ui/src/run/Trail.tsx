import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { Icon } from '../app/Icon';
import classes from './Run.module.css';

type Initiator = Schemas['Initiator'];
type Ancestor = Schemas['InitiatorAncestor'];

function ancestorsOf(by: Initiator): readonly Ancestor[] {
  return 'ancestors' in by ? by.ancestors : [];
}

/** Runs of loops are instances of workflows that nobody wrote; they go by the step they belong to. */
export function isIteration(by: Initiator): boolean {
  return by.type === 'FOREACH' || by.type === 'WHILE';
}

/** Runs of handlers are instances of workflows that nobody wrote, too; they go by the field of the definition. */
export function isHandler(by: Initiator): boolean {
  return by.type === 'SUBWORKFLOW' && ancestorsOf(by).at(-1)?.step_attempt_id === 0;
}

/** What a run of a handler is called: the field of the definition that its steps are in. */
export function handlerName(by: Initiator): string {
  return ancestorsOf(by).at(-1)?.step_id ?? '';
}

/** What a run that a step started is called: the step, and which of its iterations. */
export function iterationName(by: Initiator, instance: number): string {
  return `${ancestorsOf(by).at(-1)?.step_id ?? ''}[${instance - 1}]`;
}

/** The steps around a run, outermost first. */
export function Trail({ by }: { by: Initiator }) {
  const { t } = useTranslation();
  const ancestors = ancestorsOf(by);
  if (ancestors.length === 0) {
    return null;
  }
  return (
    <nav className={classes.trail} aria-label={t('run.trail')}>
      {ancestors.map((ancestor, depth) => (
        <TrailStep
          key={`${ancestor.workflow_id} ${ancestor.step_id}`}
          ancestor={ancestor}
          isIteration={depth > 0 && isIteration(by)}
          isLoop={isIteration(by)}
          isHandled={depth === ancestors.length - 1 && isHandler(by)}
          around={ancestors[depth - 1]}
        />
      ))}
    </nav>
  );
}

interface TrailStepProps {
  ancestor: Ancestor;
  isIteration: boolean;
  isLoop: boolean;
  isHandled: boolean;
  around: Ancestor | undefined;
}

function TrailStep({ ancestor, isIteration: inner, isLoop, isHandled, around }: TrailStepProps) {
  const params = {
    workflowId: ancestor.workflow_id,
    instance: String(ancestor.instance_id),
    run: String(ancestor.run_id),
  };
  const name =
    inner && around
      ? `${around.step_id}[${ancestor.instance_id - 1}]`
      : `${ancestor.workflow_id}#${ancestor.instance_id}`;
  return (
    <>
      <Link to="/workflows/$workflowId/instances/$instance/runs/$run" params={params}>
        {name}
      </Link>
      <span aria-hidden>›</span>
      {isHandled ? null : isLoop ? (
        <Link
          to="/workflows/$workflowId/instances/$instance/runs/$run/loop"
          params={params}
          search={{ step: ancestor.step_id }}
        >
          <Icon name="loop" /> {ancestor.step_id}
        </Link>
      ) : (
        <Link
          to="/workflows/$workflowId/instances/$instance/runs/$run"
          params={params}
          search={{ step: ancestor.step_id }}
        >
          {ancestor.step_id}
        </Link>
      )}
      {!isHandled && <span aria-hidden>›</span>}
    </>
  );
}
