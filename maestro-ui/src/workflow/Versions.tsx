import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { useAct } from '../app/useAct';
import { activate } from '../api/actions';
import { versionsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { Time } from '../time/Time';
import classes from './Workflow.module.css';

/** The newest versions, and which of them is active. */
export function Versions({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation();
  const versions = useQuery(versionsQuery(workflowId));
  const activation = useAct((version: number) => activate(workflowId, version), ['workflow', workflowId]);
  return (
    <Card title={t('workflow.versions')} flush>
      {activation.error !== null && <ProblemNote error={activation.error} />}
      <Loaded query={versions}>
        {({ elements }) => (
          <Table verticalSpacing="xs" horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('workflow.version')}</Table.Th>
                <Table.Th>{t('workflow.author')}</Table.Th>
                <Table.Th>{t('workflow.created')}</Table.Th>
                <Table.Th>{t('workflow.triggersStart')}</Table.Th>
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
                    {isLatest && <span className={classes.tag}>{t('workflow.latest')}</span>}
                  </Table.Td>
                  <Table.Td className="dim">{metadata.version_author}</Table.Td>
                  <Table.Td className="dim">
                    <Time at={metadata.create_time} />
                  </Table.Td>
                  <Table.Td>
                    {isActive ? (
                      <span className={classes.tag}>{t('workflow.active')}</span>
                    ) : (
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={t('workflow.activateVersion', { version: metadata.workflow_version_id })}
                        loading={activation.isPending && activation.variables === metadata.workflow_version_id}
                        onClick={() => activation.mutate(metadata.workflow_version_id)}
                      >
                        {t('workflow.activate')}
                      </Button>
                    )}
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
