import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { versionsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { Time } from '../time/Time';
import classes from './Workflow.module.css';

/** The newest versions, and which of them is active. */
export function Versions({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation();
  const versions = useQuery(versionsQuery(workflowId));
  return (
    <Card title={t('workflow.versions')} flush>
      <Loaded query={versions}>
        {({ elements }) => (
          <Table verticalSpacing="xs" horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('workflow.version')}</Table.Th>
                <Table.Th>{t('workflow.author')}</Table.Th>
                <Table.Th>{t('workflow.created')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {elements.map(({ metadata, is_active: isActive, is_latest: isLatest }) => (
                <Table.Tr key={metadata.workflow_version_id}>
                  <Table.Td>
                    <Link
                      to="/workflows/$workflowId"
                      params={{ workflowId }}
                      search={{ version: metadata.workflow_version_id }}
                      resetScroll={false}
                      aria-label={t('workflow.showYaml', { version: metadata.workflow_version_id })}
                    >
                      {metadata.workflow_version_id}
                    </Link>
                    {isActive && <span className={classes.tag}>{t('workflow.active')}</span>}
                    {isLatest && <span className={classes.tag}>{t('workflow.latest')}</span>}
                  </Table.Td>
                  <Table.Td className="dim">{metadata.version_author}</Table.Td>
                  <Table.Td className="dim">
                    <Time at={metadata.create_time} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </Card>
  );
}
