import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { hasEnded } from '../api/queries';
import { StatusMark } from '../status/StatusMark';
import { Span, Time } from '../time/Time';

type Run = Schemas['RunSummary'];

export function RunLink({ run }: { run: Run }) {
  return (
    <Link
      to="/workflows/$workflowId/instances/$instance/runs/$run"
      params={{
        workflowId: run.workflow_id,
        instance: String(run.workflow_instance_id),
        run: String(run.workflow_run_id),
      }}
    >
      {run.workflow_id}#{run.workflow_instance_id}
      {run.workflow_run_id > 1 && `.${run.workflow_run_id}`}
    </Link>
  );
}

/** Who or what started a run. */
export function StartedBy({ by }: { by: Schemas['Initiator'] }) {
  const { t } = useTranslation();
  return <>{t(`runs.${by.type}`, { user: by.type === 'MANUAL' ? (by.user ?? '') : '' })}</>;
}

/** Runs as a table, newest first. */
export function RunTable({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation();
  return (
    <Table highlightOnHover verticalSpacing="xs" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('runs.run')}</Table.Th>
          <Table.Th>{t('runs.status')}</Table.Th>
          <Table.Th>{t('runs.started')}</Table.Th>
          <Table.Th className="number">{t('runs.duration')}</Table.Th>
          <Table.Th>{t('runs.by')}</Table.Th>
          <Table.Th>{t('runs.owner')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {runs.map((run) => (
          <Table.Tr key={`${run.workflow_id}#${run.workflow_instance_id}`}>
            <Table.Td>
              <RunLink run={run} />
            </Table.Td>
            <Table.Td>
              <StatusMark status={run.status} />
            </Table.Td>
            <Table.Td className="dim">
              <Time at={run.create_time} />
            </Table.Td>
            <Table.Td className="number">
              <Span from={run.start_time} to={run.end_time} live={!hasEnded(run.status)} />
            </Table.Td>
            <Table.Td className="dim">
              <StartedBy by={run.initiator} />
            </Table.Td>
            <Table.Td className="dim">{run.owner}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
