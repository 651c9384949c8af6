import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { runsQuery, whyQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { failedStepsOf } from '../run/reasons';
import { StatusShape } from '../status/StatusMark';
import { Time } from '../time/Time';
import classes from './Home.module.css';
import { RunLink } from './RunTable';

type Run = Schemas['RunSummary'];

const LOOKED_AT = 24;

interface Group {
  signature: string;
  message: string;
  runs: [Run, ...Run[]];
}

/** What two failures have in common: all but numbers, ids and quoted values. */
function signatureOf(message: string): string {
  return message.replace(/"[^"]*"|'[^']*'|\b[0-9a-f]{8,}\b|\d+/gi, '…');
}

function grouped(runs: readonly Run[], messages: readonly (string | undefined)[]): Group[] {
  const groups = new Map<string, Group>();
  runs.forEach((run, index) => {
    const message = messages[index] ?? '';
    const signature = `${run.workflow_id}\n${signatureOf(message)}`;
    const known = groups.get(signature);
    if (known) {
      known.runs.push(run);
    } else {
      groups.set(signature, { signature, message, runs: [run] });
    }
  });
  return [...groups.values()];
}

/** The newest failed runs, those together that say the same: one problem or twenty? */
export function Failures() {
  const { t } = useTranslation();
  const failed = useQuery(runsQuery({ status: 'FAILED', first: LOOKED_AT }));
  const runs = failed.data?.elements ?? [];
  const reasons = useQueries({
    queries: runs.map((run) => ({
      ...whyQuery(
        { workflowId: run.workflow_id, instance: run.workflow_instance_id, run: String(run.workflow_run_id) },
        false,
      ),
      staleTime: Infinity,
    })),
  });
  const groups = grouped(
    runs,
    reasons.map(({ data }) =>
      data?.reasons
        .flatMap(failedStepsOf)
        .map((step) => `${step.step_id}: ${step.because}`)
        .join('\n'),
    ),
  );
  return (
    <Card
      title={t('home.failures')}
      aside={
        <Link to="/runs" search={{ status: 'FAILED' }}>
          {t('home.all')}
        </Link>
      }
    >
      <Loaded query={failed}>
        {() =>
          groups.length === 0 ? (
            <p className={classes.none}>{t('home.noFailures')}</p>
          ) : (
            <ul className={classes.groups}>
              {groups.map((group) => (
                <FailureGroup key={group.signature} group={group} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function FailureGroup({ group: { message, runs } }: { group: Group }) {
  const { t } = useTranslation();
  const [newest] = runs;
  return (
    <li>
      <StatusShape tone="failed" />
      <span>
        <Link to="/workflows/$workflowId" params={{ workflowId: newest.workflow_id }}>
          {newest.workflow_id}
        </Link>{' '}
        <span className="dim">
          {t('home.failuresOf', { count: runs.length })}, {t('home.latest')} <RunLink run={newest} />
        </span>
      </span>
      <span className="dim">
        <Time at={newest.end_time ?? newest.create_time} relative />
      </span>
      {message !== '' && <pre className={classes.what}>{message}</pre>}
    </li>
  );
}
