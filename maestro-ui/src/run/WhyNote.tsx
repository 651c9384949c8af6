import { Alert } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { Loaded } from '../problem/Loaded';
import { causeOf, failedStepsOf, handlerOf } from './reasons';
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
        return running || reasons.length === 0 ? null : (
          <Alert color={failed ? 'red' : 'gray'} variant="light" title={hasEnded ? t('run.whyEnded') : t('run.why')}>
            <ul className={classes.reasons}>
              {reasons.map((reason, index) => (
                <li key={`${reason.code} ${index}`}>
                  {reason.message}
                  {causeOf(reason) !== '' && <pre className={classes.cause}>{causeOf(reason)}</pre>}
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
