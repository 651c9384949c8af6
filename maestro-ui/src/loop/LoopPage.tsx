import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { CopyActions } from '../app/CopyActions';
import type { LoopSearch } from '../app/router';
import type { LoopAction } from '../api/actions';
import type { Schemas } from '../api/client';
import { type IterationFilter, loopStripQuery, loopSummaryQuery, runQuery, type StepKey } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { isIteration, iterationName, Trail } from '../run/Trail';
import { command } from '../text/command';
import { ActDialog } from './ActDialog';
import { FailureGroups } from './FailureGroups';
import { Iterations } from './Iterations';
import classes from './Loop.module.css';
import { LoopNumbers } from './LoopNumbers';
import { itemsOf } from './items';
import { Strip } from './Strip';

const route = getRouteApi('/workflows/$workflowId/instances/$instance/runs/$run/loop');

/** Cells of the strip: what it shows of a loop costs the same for ten iterations and ten million. */
const BUCKETS = 512;

/** A loop of any size: in numbers, as a strip, by failure, and fifty iterations at a time. */
export function LoopPage() {
  const { t } = useTranslation();
  const { workflowId, instance, run } = route.useParams();
  const search = route.useSearch();
  const key = { workflowId, instance: Number(instance), run, stepId: search.step };
  const summary = useQuery(loopSummaryQuery(key));
  return (
    <div className={classes.page}>
      <LoopTrail at={key} />
      <div className={classes.head}>
        <Title order={1}>{search.step}</Title>
        <span className={classes.kicker}>{t('loop.kicker')}</span>
        <span className={classes.spring} />
        <CopyActions line={command('explain', `${workflowId}#${instance}/${search.step}`)} />
      </div>
      <Loaded query={summary} height={520}>
        {(numbers) => <Loop at={key} summary={numbers} search={search} />}
      </Loaded>
    </div>
  );
}

/** The run that the loop is in, and all that is around that. */
function LoopTrail({ at: { stepId, ...at } }: { at: StepKey }) {
  const run = useQuery(runQuery(at));
  const by = run.data?.initiator;
  const params = { workflowId: at.workflowId, instance: String(at.instance), run: at.run };
  return (
    <div className={classes.trail}>
      {by && <Trail by={by} />}
      <Link to="/workflows/$workflowId/instances/$instance/runs/$run" params={params} search={{ step: stepId }}>
        {by && isIteration(by) ? iterationName(by, at.instance) : `${at.workflowId}#${at.instance}`}
      </Link>
    </div>
  );
}

interface LoopProps {
  at: StepKey;
  summary: Schemas['LoopSummary'];
  search: LoopSearch;
}

interface Intent {
  action: LoopAction;
  filter: IterationFilter;
}

function Loop({ at, summary, search }: LoopProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const strip = useQuery(loopStripQuery(at, BUCKETS, summary.live));
  const [intent, setIntent] = useState<Intent>();
  const go = (change: Partial<LoopSearch>) => void navigate({ search: { ...search, ...change }, resetScroll: false });
  const filter: IterationFilter = {
    status: search.status,
    signature: search.signature,
    from: search.from,
    items: itemsOf(search.item),
  };
  return (
    <>
      <LoopNumbers summary={summary} onStatus={(status) => go({ status, from: undefined })} />
      <Card title={t('loop.strip')}>
        <Loaded query={strip} height={72}>
          {(data) => <Strip strip={data} at={search.from} onSeek={(from) => go({ from })} />}
        </Loaded>
      </Card>
      <FailureGroups
        groups={summary.failures}
        live={summary.live}
        onShow={(signature) => go({ signature, status: undefined, from: undefined, item: undefined })}
        onRestart={(signature) => setIntent({ action: 'restart', filter: { signature } })}
      />
      <Iterations
        at={at}
        live={summary.live}
        filter={filter}
        search={search}
        onChange={go}
        onAct={(action) => setIntent({ action, filter })}
      />
      {intent && (
        <ActDialog at={at} action={intent.action} filter={intent.filter} onClose={() => setIntent(undefined)} />
      )}
    </>
  );
}
