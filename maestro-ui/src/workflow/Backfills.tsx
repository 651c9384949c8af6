import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { backfillsQuery } from '../api/queries';
import { BackfillMark } from '../backfill/BackfillMark';
import { Loaded } from '../problem/Loaded';
import { Time } from '../time/Time';

/** The newest back-fills of a workflow. */
export function Backfills({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation();
  const backfills = useQuery(backfillsQuery(workflowId));
  return (
    <Card
      title={t('backfill.title')}
      flush
      aside={
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => <Link {...props} to="/workflows/$workflowId/backfill" params={{ workflowId }} />}
        >
          {t('backfill.new')}
        </Button>
      }
    >
      <Loaded query={backfills} height={60}>
        {({ elements }) =>
          elements.length === 0 ? (
            <p className="none">{t('backfill.none')}</p>
          ) : (
            <Table verticalSpacing="xs" horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('backfill.values')}</Table.Th>
                  <Table.Th>{t('backfill.status')}</Table.Th>
                  <Table.Th className="number">{t('backfill.done')}</Table.Th>
                  <Table.Th>{t('backfill.created')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {elements.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      <Link to="/backfills/$id" params={{ id: one.id }}>
                        {one.first_value} – {one.last_value}
                      </Link>
                    </Table.Td>
                    <Table.Td>
                      <BackfillMark status={one.status} />
                    </Table.Td>
                    <Table.Td className="number">
                      {(one.counts.succeeded + one.counts.skipped).toLocaleString()} /{' '}
                      {one.counts.total.toLocaleString()}
                    </Table.Td>
                    <Table.Td className="dim">
                      <Time at={one.create_time} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Card>
  );
}
