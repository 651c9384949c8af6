import { Alert } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { Loaded } from '../problem/Loaded';
import { Time } from '../time/Time';
import { causeOf, failedStepsOf, handlerOf, holdersOf, piecesOf, stepOf } from './reasons';
import classes from './Run.module.css';

interface Props {
  why: UseQueryResult<Schemas['Why']>;
  hasEnded: boolean;
  failed: boolean;
  /** Where to look at a step that is named. */
  onStep?: (stepId: string) => void;
}

/** Why something stands still, who holds it up, or how it ended. */
export function WhyNote({ why, hasEnded, failed, onStep }: Props) {
  const { t } = useTranslation();
  return (
    <Loaded query={why} height={64}>
      {({ running, reasons: all }) => {
        const reasons = all.filter((reason) => handlerOf(reason) === undefined);
        const named = new Set(reasons.flatMap(failedStepsOf).map(({ step_id: id }) => id));
        return running || reasons.length === 0 ? null : (
          <Alert color={failed ? 'red' : 'gray'} variant="light" title={hasEnded ? t('run.whyEnded') : t('run.why')}>
            <ul className={classes.reasons}>
              {reasons.map((reason, index) => (
                <li key={`${reason.code} ${index}`}>
                  <Said message={reason.message} />
                  {!reason.message.includes(causeOf(reason)) && <pre className={classes.cause}>{causeOf(reason)}</pre>}
                  <Where reason={reason} onStep={named.has(stepOf(reason) ?? '') ? undefined : onStep} />
                  {failedStepsOf(reason).map((step) => (
                    <div key={step.step_id} className={classes.reason}>
                      {onStep === undefined ? (
                        step.step_id
                      ) : (
                        <button type="button" className={classes.stepLink} onClick={() => onStep(step.step_id)}>
                          {step.step_id}
                        </button>
                      )}
                      <pre>{step.because}</pre>
                    </div>
                  ))}
                </li>
              ))}
            </ul>
          </Alert>
        );
      }}
    </Loaded>
  );
}

/** What the server says, with times in the reader's zone and statuses as they are called everywhere else. */
function Said({ message }: { message: string }) {
  const { t, i18n } = useTranslation();
  const key = (name: string) => `status.${name}` as 'status.FAILED';
  return piecesOf(message, (name) => i18n.exists(key(name))).map((piece, index) =>
    'text' in piece ? piece.text : 'at' in piece ? <Time key={index} at={piece.at} /> : `“${t(key(piece.status))}”`,
  );
}

/** The way to what a reason names: the step it is about, the runs that are in the way. */
function Where({ reason, onStep }: { reason: Schemas['WhyReason']; onStep: Props['onStep'] }) {
  const { t } = useTranslation();
  const step = stepOf(reason);
  return (
    <>
      {step !== undefined && onStep !== undefined && (
        <div>
          <button type="button" className={classes.stepLink} onClick={() => onStep(step)}>
            {t('run.showStep', { step })}
          </button>
        </div>
      )}
      {holdersOf(reason).map((run) => (
        <div key={`${run.workflow_id}#${run.workflow_instance_id}`}>
          <Link
            className="in-text"
            to="/workflows/$workflowId/instances/$instance/runs/$run"
            params={{
              workflowId: run.workflow_id,
              instance: String(run.workflow_instance_id),
              run: String(run.workflow_run_id),
            }}
          >
            {t('step.openChild', { run: `${run.workflow_id}#${run.workflow_instance_id}` })}
          </Link>
        </div>
      ))}
    </>
  );
}
