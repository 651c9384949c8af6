import { Button, Menu, NumberInput, Select, Table, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { LoopSearch } from '../app/router';
import type { LoopAction } from '../api/actions';
import type { Schemas } from '../api/client';
import { type IterationFilter, iterationsQuery, type StepKey } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { StatusMark } from '../status/StatusMark';
import { ITERATION_STATUSES } from '../status/status';
import { Span } from '../time/Time';
import { nameOf } from './items';
import classes from './Loop.module.css';

const ACTIONS: readonly LoopAction[] = ['restart', 'stop', 'kill'];
const TYPING_PAUSE = 250;

interface Props {
  at: StepKey;
  live: boolean;
  filter: IterationFilter;
  search: LoopSearch;
  onChange: (change: Partial<LoopSearch>) => void;
  onAct: (action: LoopAction) => void;
}

/** A window of fifty iterations, moved by the strip, a number or a filter: nobody scrolls through a hundred thousand. */
export function Iterations({ at, live, filter, search, onChange, onAct }: Props) {
  const { t } = useTranslation();
  const iterations = useQuery(iterationsQuery(at, filter, live));
  const typeItem = useDebouncedCallback((item: string) => onChange({ item: item || undefined }), TYPING_PAUSE);
  const typeFrom = useDebouncedCallback((from: number | undefined) => onChange({ from }), TYPING_PAUSE);
  return (
    <Card
      title={t('loop.iterations')}
      flush
      aside={
        live ? (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default">
                {t('loop.act')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {ACTIONS.map((action) => (
                <Menu.Item key={action} onClick={() => onAct(action)}>
                  {t(`loop.${action}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : (
          <span className="dim small">{t('loop.ended')}</span>
        )
      }
    >
      <div className={classes.filters}>
        <Select
          size="xs"
          label={t('loop.filterStatus')}
          placeholder={t('loop.anyStatus')}
          clearable
          clearButtonProps={{ 'aria-label': t('loop.anyStatus') }}
          value={search.status ?? null}
          onChange={(status) => onChange({ status: status ?? undefined })}
          data={ITERATION_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        />
        <TextInput
          key={`item ${search.item === undefined}`}
          size="xs"
          label={t('loop.filterItem')}
          placeholder={t('loop.itemHelp')}
          defaultValue={search.item ?? ''}
          onChange={(event) => typeItem(event.currentTarget.value.trim())}
        />
        <NumberInput
          key={search.from ?? 'first'}
          size="xs"
          label={t('loop.seek')}
          min={0}
          hideControls
          defaultValue={search.from ?? ''}
          onChange={(from) => typeFrom(typeof from === 'number' ? from : undefined)}
        />
        <Button
          size="xs"
          variant="default"
          onClick={() => onChange({ status: undefined, signature: undefined, from: undefined, item: undefined })}
        >
          {t('loop.clear')}
        </Button>
      </div>
      {search.signature !== undefined && (
        <p className={classes.signature}>{t('loop.signature', { signature: search.signature })}</p>
      )}
      <Loaded query={iterations} height={320}>
        {({ elements, page_info: page }) => (
          <>
            {elements.length === 0 ? (
              <p className={classes.none}>{t('loop.noMatch')}</p>
            ) : (
              <IterationTable iterations={elements} />
            )}
            <div className={classes.pages}>
              {search.from !== undefined && (
                <Button size="xs" variant="default" onClick={() => onChange({ from: undefined })}>
                  {t('loop.first')}
                </Button>
              )}
              {page.has_next_page && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => onChange({ from: (elements.at(-1)?.index ?? 0) + 1 })}
                >
                  {t('loop.next')}
                </Button>
              )}
            </div>
          </>
        )}
      </Loaded>
    </Card>
  );
}

function IterationTable({ iterations }: { iterations: readonly Schemas['IterationView'][] }) {
  const { t } = useTranslation();
  return (
    <Table highlightOnHover verticalSpacing={6} horizontalSpacing="md" className={classes.iterations}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className="number">{t('loop.number')}</Table.Th>
          <Table.Th>{t('loop.items')}</Table.Th>
          <Table.Th>{t('loop.status')}</Table.Th>
          <Table.Th className="number">{t('loop.duration')}</Table.Th>
          <Table.Th>{t('loop.failure')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {iterations.map((iteration) => (
          <Table.Tr key={iteration.index}>
            <Table.Td className="number dim">{iteration.index.toLocaleString()}</Table.Td>
            <Table.Td>
              <IterationLink iteration={iteration} />
            </Table.Td>
            <Table.Td>
              <StatusMark status={iteration.status} />
            </Table.Td>
            <Table.Td className="number">
              <Span from={iteration.start_time} to={iteration.end_time} live={iteration.status === 'RUNNING'} />
            </Table.Td>
            <Table.Td className={classes.failure} title={iteration.failure ?? undefined}>
              {iteration.failure}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** An iteration by what it is about, as date=20210117, rather than by its number. */
function IterationLink({ iteration }: { iteration: Schemas['IterationView'] }) {
  const { workflow_id: workflowId, workflow_instance_id: instance, workflow_run_id: run } = iteration;
  const name = nameOf(iteration.items);
  if (workflowId == null || instance == null) {
    return <span className={classes.item}>{name}</span>;
  }
  return (
    <Link
      className={classes.item}
      to="/workflows/$workflowId/instances/$instance/runs/$run"
      params={{ workflowId, instance: String(instance), run: String(run ?? 'latest') }}
      preload={false}
      title={name}
    >
      {name}
    </Link>
  );
}
