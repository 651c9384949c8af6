import { Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { Facts } from '../app/Facts';
import { type RunSearch, STEP_TABS } from '../app/router';
import type { Schemas } from '../api/client';
import { useAct } from '../app/useAct';
import { resumeAttempt } from '../api/actions';
import { attemptsQuery, type RunKey, whyStepQuery } from '../api/queries';
import { LogView } from '../log/LogView';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { StatusMark } from '../status/StatusMark';
import { toneOf } from '../status/status';
import { Span, Time } from '../time/Time';
import { ParamsTable, shown } from './ParamsTable';
import classes from './Run.module.css';
import { barOf, childOf, type RunStep } from './steps';
import { TimelineList } from './TimelineList';
import { WhyNote } from './WhyNote';

type Attempt = Schemas['StepView'];

interface Props {
  at: RunKey;
  step: RunStep;
  live: boolean;
  search: RunSearch;
  onChange: (change: RunSearch) => void;
}

/** What is known of a job that prints, by kind. */
const JOBS = ['maestro_shell', 'maestro_docker', 'maestro_kubernetes'];

/** One step: how it stands and why, its attempts, and what each was given, printed and left behind. */
export function StepPanel({ at, step, live, search, onChange }: Props) {
  const { t } = useTranslation();
  const key = { ...at, stepId: step.id };
  const attempts = useQuery({ ...attemptsQuery(key, live), enabled: step.attempt !== undefined });
  const why = useQuery(whyStepQuery(key, live));
  return (
    <Card title={step.id} aside={<StatusMark status={step.status} strong />}>
      <div className={classes.panel}>
        {toneOf(step.status) !== 'succeeded' && (
          <WhyNote why={why} hasEnded={!live} failed={toneOf(step.status) === 'failed'} />
        )}
        {step.attempt?.runtime_state.status === 'PAUSED' && <LetGo at={at} stepId={step.id} attempt={step.attempt} />}
        {step.attempt === undefined ? (
          <span className="dim">{t('step.notReached')}</span>
        ) : (
          <Loaded query={attempts}>
            {(all) => <Attempts at={at} step={step} attempts={all} search={search} onChange={onChange} />}
          </Loaded>
        )}
      </div>
    </Card>
  );
}

/** Ends the wait at a breakpoint. */
function LetGo({ at, stepId, attempt }: { at: RunKey; stepId: string; attempt: Attempt }) {
  const { t } = useTranslation();
  const act = useAct(() => resumeAttempt({ ...at, stepId }, attempt), ['instances', at.workflowId, at.instance]);
  return (
    <div className={classes.tools}>
      <Button loading={act.isPending} onClick={() => act.mutate(undefined)}>
        {t('step.letGo')}
      </Button>
      <Link className="in-text" to="/workflows/$workflowId" params={{ workflowId: at.workflowId }}>
        {t('step.breakpoints', { workflow: at.workflowId })}
      </Link>
      {act.error !== null && <ProblemNote error={act.error} />}
    </div>
  );
}

interface AttemptsProps extends Omit<Props, 'live'> {
  attempts: readonly Attempt[];
}

function Attempts({ at, step, attempts, search, onChange }: AttemptsProps) {
  const { t } = useTranslation();
  const byNumber = attempts.toSorted((a, b) => a.step_attempt_id - b.step_attempt_id);
  const shownAttempt = byNumber.find(({ step_attempt_id: number }) => number === search.attempt) ?? byNumber.at(-1);
  if (shownAttempt === undefined) {
    return null;
  }
  return (
    <>
      {byNumber.length > 1 && (
        <div className={classes.attempts} role="group" aria-label={t('step.attempt')}>
          {byNumber.map((attempt) => (
            <Button
              key={attempt.step_attempt_id}
              size="xs"
              variant={attempt === shownAttempt ? 'light' : 'default'}
              aria-pressed={attempt === shownAttempt}
              onClick={() => onChange({ attempt: attempt.step_attempt_id, line: undefined })}
            >
              {attempt.step_attempt_id} · <StatusMark status={attempt.runtime_state.status} />
            </Button>
          ))}
        </div>
      )}
      <AttemptView at={at} step={step} attempt={shownAttempt} search={search} onChange={onChange} />
    </>
  );
}

interface AttemptProps extends Omit<Props, 'live'> {
  attempt: Attempt;
}

function AttemptView({ at, step, attempt, search, onChange }: AttemptProps) {
  const { t } = useTranslation();
  const bar = barOf(attempt);
  const child = childOf(attempt);
  const hasLog = JOBS.some((job) => job in attempt.artifacts);
  const isLive = bar.ended === undefined;
  return (
    <>
      <div className={classes.links}>
        <Facts
          facts={[
            [t('step.type'), step.type],
            [t('step.attempt'), attempt.step_attempt_id],
            [t('run.started'), <Time key="started" at={bar.started ?? bar.created} />],
            [t('step.waited'), <Span key="waited" from={bar.created} to={bar.started ?? bar.ended} live={isLive} />],
            [t('step.ran'), <Span key="ran" from={bar.started} to={bar.ended} live={isLive} />],
          ]}
        />
        {step.isLoop && (
          <Button
            variant="light"
            renderRoot={(props) => (
              <Link
                {...props}
                to="/workflows/$workflowId/instances/$instance/runs/$run/loop"
                params={{ workflowId: at.workflowId, instance: String(at.instance), run: at.run }}
                search={{ step: step.id }}
              />
            )}
          >
            {t('step.openLoop')}
          </Button>
        )}
        {child && (
          <Link
            to="/workflows/$workflowId/instances/$instance/runs/$run"
            params={{ workflowId: child.workflowId, instance: String(child.instance), run: child.run }}
          >
            {t('step.openChild', { run: `${child.workflowId}#${child.instance}` })}
          </Link>
        )}
      </div>
      <Tabs
        value={search.tab ?? (hasLog ? 'log' : 'params')}
        onChange={(tab) => onChange({ tab: STEP_TABS.find((known) => known === tab), line: undefined })}
        keepMounted={false}
      >
        <Tabs.List>
          {STEP_TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`step.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="params" className={classes.tab}>
          <ParamsTable params={attempt.params} none={t('step.noParams')} />
        </Tabs.Panel>
        <Tabs.Panel value="log" className={classes.tab}>
          <LogView
            key={attempt.step_attempt_id}
            at={{ ...at, run: String(attempt.workflow_run_id), stepId: step.id }}
            attempt={attempt.step_attempt_id}
            line={search.line}
            onLine={(line) => onChange({ line, attempt: attempt.step_attempt_id, tab: 'log' })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="timeline" className={classes.tab}>
          <TimelineList events={attempt.timeline} />
        </Tabs.Panel>
        <Tabs.Panel value="results" className={classes.tab}>
          <Results attempt={attempt} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** What a job reported: output parameters come among the parameters, everything else is here. */
function Results({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const outputs = Object.fromEntries(
    Object.entries(attempt.params).filter(
      ([, param]) => (param as Partial<Schemas['Param']>).source === 'OUTPUT_PARAMETER',
    ),
  );
  return (
    <>
      <ParamsTable params={outputs} none={t('step.noResults')} />
      {Object.entries(attempt.artifacts).map(([name, artifact]) => (
        <div key={name} className={classes.results}>
          <div className="dim small">{name}</div>
          <pre>{shown(artifact)}</pre>
        </div>
      ))}
    </>
  );
}
