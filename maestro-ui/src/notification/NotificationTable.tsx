import { Button, Table } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { retryNotification } from '../api/actions';
import type { Schemas } from '../api/client';
import { useAct } from '../app/useAct';
import { ProblemNote } from '../problem/ProblemNote';
import { StatusShape } from '../status/StatusMark';
import type { Tone } from '../status/status';
import { Time } from '../time/Time';
import classes from './Notification.module.css';

type Notification = Schemas['NotificationView'];

const TONES: Record<Notification['status'], Tone> = { WAITING: 'waiting', SENT: 'succeeded', FAILED: 'failed' };

interface Props {
  notifications: readonly Notification[];
  /** What is asked for again once one is sent again. */
  refreshes: QueryKey;
  /** Of several runs: each says which. */
  withRun?: boolean;
}

/** Who is told of what, and what came of it. */
export function NotificationTable({ notifications, refreshes, withRun = false }: Props) {
  const { t } = useTranslation();
  const retry = useAct((id: string) => retryNotification(id), refreshes);
  return (
    <>
      {retry.error !== null && <ProblemNote error={retry.error} />}
      <Table verticalSpacing="xs" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            {withRun && <Table.Th>{t('runs.run')}</Table.Th>}
            <Table.Th>{t('notifications.receiver')}</Table.Th>
            <Table.Th>{t('notifications.event')}</Table.Th>
            <Table.Th>{t('notifications.status')}</Table.Th>
            <Table.Th>{t('notifications.when')}</Table.Th>
            <Table.Th className="number">{t('notifications.attempts')}</Table.Th>
            <Table.Th>{t('notifications.retry')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {notifications.map((one) => (
            <Table.Tr key={one.id}>
              {withRun && (
                <Table.Td>
                  <Link
                    className="in-text"
                    to="/workflows/$workflowId/instances/$instance/runs/$run"
                    params={{
                      workflowId: one.workflow_id,
                      instance: String(one.workflow_instance_id),
                      run: String(one.workflow_run_id),
                    }}
                  >
                    {one.workflow_id}#{one.workflow_instance_id}.{one.workflow_run_id}
                  </Link>
                </Table.Td>
              )}
              <Table.Td>{one.receiver}</Table.Td>
              <Table.Td>{t(`notifications.${one.event}`, { defaultValue: one.event })}</Table.Td>
              <Table.Td>
                <span className={classes.status}>
                  <StatusShape tone={TONES[one.status]} />
                  {t(`notifications.${one.status}`)}
                </span>
                {one.error != null && <div className={classes.error}>{one.error}</div>}
              </Table.Td>
              <Table.Td className="dim">
                <Time at={one.end_time ?? one.due_time ?? one.create_time} />
              </Table.Td>
              <Table.Td className="number">{one.attempts}</Table.Td>
              <Table.Td>
                {one.status === 'FAILED' && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('notifications.retryOf', { receiver: one.receiver })}
                    loading={retry.isPending && retry.variables === one.id}
                    onClick={() => retry.mutate(one.id)}
                  >
                    {t('notifications.retry')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
