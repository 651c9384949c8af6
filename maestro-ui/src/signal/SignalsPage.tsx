import { Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { part } from '../app/part';
import { Card } from '../app/Card';
import { Facts } from '../app/Facts';
import type { Schemas } from '../api/client';
import { signalNamesQuery, signalQuery, signalsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { Time } from '../time/Time';
import { Announce } from './Announce';
import classes from './Signal.module.css';

const route = getRouteApi('/signals');

// Drawn on demand, as the graphs of runs are.
const LineageGraph = lazy(() =>
  part(() => import('../graph/LineageGraph')).then((module) => ({ default: module.LineageGraph })),
);

/** What has been announced: the names, the signals of one, and what one of them led to. */
export function SignalsPage() {
  const { t } = useTranslation();
  const { name, seq } = route.useSearch();
  return (
    <>
      <div className={classes.head}>
        <Title order={1}>
          {name === undefined ? t('signals.title') : seq === undefined ? name : `${name} #${seq}`}
        </Title>
        {name !== undefined && (
          <Link to="/signals" search={seq === undefined ? {} : { name }}>
            {seq === undefined ? t('signals.all') : t('signals.allOf', { name })}
          </Link>
        )}
      </div>
      <div className={classes.page}>
        {name === undefined ? (
          <Names />
        ) : seq === undefined ? (
          <Signals name={name} />
        ) : (
          <Signal key={`${name} ${seq}`} name={name} seq={seq} />
        )}
        {seq === undefined && <Announce key={name ?? ''} name={name} />}
      </div>
    </>
  );
}

function Names() {
  const { t } = useTranslation();
  const { cursor } = route.useSearch();
  const names = useQuery(signalNamesQuery(cursor));
  return (
    <Card title={t('signals.names')} flush>
      <Loaded query={names} height={240}>
        {({ elements, page_info: page }) =>
          elements.length === 0 ? (
            <p className="none">{t('signals.none')}</p>
          ) : (
            <>
              <Table highlightOnHover verticalSpacing="xs" horizontalSpacing="md">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('signals.name')}</Table.Th>
                    <Table.Th className="number">{t('signals.count')}</Table.Th>
                    <Table.Th>{t('signals.last')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {elements.map((one) => (
                    <Table.Tr key={one.name}>
                      <Table.Td>
                        <Link to="/signals" search={{ name: one.name }}>
                          {one.name}
                        </Link>
                      </Table.Td>
                      <Table.Td className="number">{one.last_seq_id.toLocaleString()}</Table.Td>
                      <Table.Td className="dim">
                        <Time at={one.last_time} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
              {page.has_next_page && (
                <p className="none">
                  <Link to="/signals" search={{ cursor: page.end_cursor ?? undefined }}>
                    {t('signals.more')}
                  </Link>
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

function Signals({ name }: { name: string }) {
  const { t } = useTranslation();
  const { cursor } = route.useSearch();
  const signals = useQuery(signalsQuery(name, cursor));
  return (
    <Card title={t('signals.newest')} flush>
      <Loaded query={signals} height={240}>
        {({ elements, page_info: page }) => (
          <>
            <Table highlightOnHover verticalSpacing="xs" horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('signals.signal')}</Table.Th>
                  <Table.Th>{t('signals.params')}</Table.Th>
                  <Table.Th>{t('signals.by')}</Table.Th>
                  <Table.Th>{t('signals.at')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {elements.map((signal) => (
                  <Table.Tr key={signal.seq_id}>
                    <Table.Td>
                      <Link to="/signals" search={{ name, seq: signal.seq_id }}>
                        #{signal.seq_id}
                      </Link>
                    </Table.Td>
                    <Table.Td>
                      <code>{JSON.stringify(signal.params)}</code>
                    </Table.Td>
                    <Table.Td className="dim">{signal.announced_by}</Table.Td>
                    <Table.Td className="dim">
                      <Time at={signal.create_time} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {page.has_next_page && (
              <p className="none">
                <Link to="/signals" search={{ name, cursor: page.end_cursor ?? undefined }}>
                  {t('app.more')}
                </Link>
              </p>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Signal({ name, seq }: { name: string; seq: number }) {
  const { t } = useTranslation();
  const signal = useQuery(signalQuery(name, seq));
  return (
    <Loaded query={signal} height={320}>
      {(data) => (
        <>
          <Card title={t('signals.what')}>
            <Facts
              facts={[
                [t('signals.at'), <Time key="at" at={data.create_time} />],
                [t('signals.by'), data.announced_by],
                [t('signals.origin'), data.origin.toLowerCase()],
                [t('signals.params'), <code key="params">{JSON.stringify(data.params)}</code>],
                ...(data.payload == null
                  ? []
                  : [[t('signals.payload'), <code key="payload">{JSON.stringify(data.payload)}</code>] as const]),
              ]}
            />
          </Card>
          <Card title={t('signals.fed')} flush>
            <Fed matches={data.matches} gates={data.gates} />
          </Card>
          <Card title={t('lineage.title')} flush>
            <Suspense>
              <LineageGraph origin={{ of: 'signal', name, seq }} />
            </Suspense>
          </Card>
        </>
      )}
    </Loaded>
  );
}

interface FedProps {
  matches: Schemas['SignalDetail']['matches'];
  gates: Schemas['SignalDetail']['gates'];
}

/** What a signal started, and which steps it let go on. */
function Fed({ matches, gates }: FedProps) {
  const { t } = useTranslation();
  if (matches.length === 0 && gates.length === 0) {
    return <p className="none">{t('signals.fedNothing')}</p>;
  }
  return (
    <ul className={classes.fed}>
      {matches.map((match) => (
        <li key={match.match_id}>
          {match.instance_id == null ? (
            <Link to="/workflows/$workflowId" params={{ workflowId: match.workflow_id }}>
              {match.workflow_id}
            </Link>
          ) : (
            <Link
              to="/workflows/$workflowId/instances/$instance/runs/$run"
              params={{ workflowId: match.workflow_id, instance: String(match.instance_id), run: 'latest' }}
            >
              {match.workflow_id}#{match.instance_id}
            </Link>
          )}
          <span>{t(`signals.${match.state}`)}</span>
          <span className="dim">{match.reason}</span>
        </li>
      ))}
      {gates.map((gate) => (
        <li key={`${gate.workflow_id} ${gate.instance_id} ${gate.run_id} ${gate.step_id} ${gate.attempt_id}`}>
          <Link
            to="/workflows/$workflowId/instances/$instance/runs/$run"
            params={{
              workflowId: gate.workflow_id,
              instance: String(gate.instance_id),
              run: String(gate.run_id),
            }}
            search={{ step: gate.step_id }}
          >
            {gate.workflow_id}#{gate.instance_id}, {gate.step_id}
          </Link>
          <span>{t('signals.opened')}</span>
        </li>
      ))}
    </ul>
  );
}
