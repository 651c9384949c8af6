import { Button, NumberInput, SegmentedControl, Select, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { Facts } from '../app/Facts';
import { useAct } from '../app/useAct';
import { createBackfill } from '../api/actions';
import type { Schemas } from '../api/client';
import { backfillPlanQuery, definitionQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { bodyOf, KINDS, type Asked, FIRST, timesFor } from './asked';
import classes from './Backfill.module.css';

const route = getRouteApi('/workflows/$workflowId/backfill');

/** Asks for a range of values, shows what would be run, and only then runs it. */
export function WizardPage() {
  const { t } = useTranslation();
  const { workflowId } = route.useParams();
  const definition = useQuery(definitionQuery(workflowId, 'default'));
  const [asked, setAsked] = useState<Asked>(FIRST);
  const [planned, setPlanned] = useState<Schemas['BackfillBody']>();
  const change = (part: Partial<Asked>) => {
    setAsked((before) => ({ ...before, ...part }));
    setPlanned(undefined);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setPlanned(bodyOf(asked));
  };
  const text = (name: 'from' | 'to' | 'cron' | 'zone' | 'maxFailures') => ({
    value: asked[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <Title order={1} mb="md">
        {t('backfill.verb')}{' '}
        <Link to="/workflows/$workflowId" params={{ workflowId }}>
          {workflowId}
        </Link>
      </Title>
      <div className={classes.pair}>
        <Card title={t('backfill.what')}>
          <form onSubmit={submit} noValidate>
            <Stack>
              <SegmentedControl
                aria-label={t('backfill.kind')}
                value={asked.kind}
                onChange={(kind) => change({ ...timesFor(kind as Asked['kind'], asked), kind: kind as Asked['kind'] })}
                data={KINDS.map((kind) => ({ value: kind, label: t(`backfill.${kind}`) }))}
              />
              {asked.kind === 'listed' ? (
                <Textarea
                  label={t('backfill.values')}
                  description={t('start.list')}
                  autosize
                  minRows={3}
                  maxRows={12}
                  value={asked.values}
                  onChange={(event) => change({ values: event.currentTarget.value })}
                />
              ) : (
                <>
                  <div className={classes.row}>
                    <TextInput
                      label={t('backfill.from')}
                      type={asked.kind === 'days' ? 'date' : 'datetime-local'}
                      {...text('from')}
                    />
                    <TextInput
                      label={t('backfill.to')}
                      type={asked.kind === 'days' ? 'date' : 'datetime-local'}
                      {...text('to')}
                    />
                    {asked.kind === 'cron' ? (
                      <TextInput label={t('backfill.cronText')} placeholder="30 6 * * 1-5" {...text('cron')} />
                    ) : (
                      <NumberInput
                        label={t('backfill.step')}
                        min={1}
                        value={asked.step}
                        onChange={(step) => change({ step: Number(step) || 1 })}
                      />
                    )}
                  </div>
                  <TextInput label={t('backfill.zone')} description={t('backfill.zoneHelp')} {...text('zone')} />
                </>
              )}
              <Select
                label={t('backfill.param')}
                description={t('backfill.paramHelp')}
                clearable
                clearButtonProps={{ 'aria-label': t('loop.clear') }}
                value={asked.param === '' ? null : asked.param}
                onChange={(param) => change({ param: param ?? '' })}
                data={Object.keys(definition.data?.workflow.params ?? {})}
              />
              <div className={classes.row}>
                <NumberInput
                  label={t('backfill.concurrency')}
                  min={1}
                  max={1_000}
                  value={asked.concurrency}
                  onChange={(concurrency) => change({ concurrency: Number(concurrency) || 1 })}
                />
                <Select
                  label={t('backfill.order')}
                  allowDeselect={false}
                  value={asked.order}
                  onChange={(order) => change({ order: order ?? FIRST.order })}
                  data={[
                    { value: 'oldest_first', label: t('backfill.oldestFirst') },
                    { value: 'newest_first', label: t('backfill.newestFirst') },
                  ]}
                />
                <Select
                  label={t('backfill.skip')}
                  allowDeselect={false}
                  value={asked.skip}
                  onChange={(skip) => change({ skip: skip ?? FIRST.skip })}
                  data={[
                    { value: 'none', label: t('backfill.skipNone') },
                    { value: 'succeeded', label: t('backfill.skipSucceeded') },
                    { value: 'started', label: t('backfill.skipStarted') },
                  ]}
                />
                <TextInput
                  label={t('backfill.maxFailures')}
                  placeholder={t('backfill.maxFailuresAll')}
                  {...text('maxFailures')}
                />
              </div>
              <div>
                <Button type="submit" variant={planned === undefined ? undefined : 'default'}>
                  {t('backfill.try')}
                </Button>
              </div>
            </Stack>
          </form>
        </Card>
        <Card title={t('backfill.plan')}>
          {planned === undefined ? (
            <span className="dim">{t('backfill.planFirst')}</span>
          ) : (
            <Plan workflowId={workflowId} body={planned} />
          )}
        </Card>
      </div>
    </>
  );
}

function Plan({ workflowId, body }: { workflowId: string; body: Schemas['BackfillBody'] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const plan = useQuery({ ...backfillPlanQuery(workflowId, body), retry: false });
  const create = useAct(
    () => createBackfill(workflowId, body),
    ['workflow', workflowId],
    ({ id }) => void navigate({ to: '/backfills/$id', params: { id } }),
  );
  return (
    <Loaded query={plan}>
      {({ total, skipped, first_values: first, last_values: last, already_ran: seen, ...rest }) => (
        <Stack>
          <Facts
            facts={[
              [t('backfill.willRun'), (total - skipped).toLocaleString()],
              [t('backfill.skipped'), skipped.toLocaleString()],
              [t('backfill.alreadySucceeded'), seen.succeeded.toLocaleString()],
              [t('backfill.param'), rest.param],
              [t('backfill.atATime'), rest.concurrency_in_force],
            ]}
          />
          <p className={classes.values}>
            {[
              ...first,
              ...(total > first.length + last.length ? ['…'] : []),
              ...last.filter((one) => !first.includes(one)),
            ].join(', ')}
          </p>
          {!seen.all_instances_looked_at && (
            <span className="dim small">{t('backfill.lookedAt', { count: seen.instances_looked_at })}</span>
          )}
          {create.error !== null && <ProblemNote error={create.error} />}
          <div>
            <Button disabled={total === skipped} loading={create.isPending} onClick={() => create.mutate(undefined)}>
              {t('backfill.create', { count: total - skipped, shown: (total - skipped).toLocaleString() })}
            </Button>
          </div>
        </Stack>
      )}
    </Loaded>
  );
}
