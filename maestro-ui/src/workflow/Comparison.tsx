import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { part } from '../app/part';
import { Card } from '../app/Card';
import { versionsQuery, yamlQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import classes from './Workflow.module.css';

const Diff = lazy(() => part(() => import('../editor/Diff')).then((module) => ({ default: module.Diff })));

interface Props {
  workflowId: string;
  version: number;
  against: number | undefined;
  onChange: (against: number | undefined) => void;
}

/** A version as YAML, or what it has that another one has not. */
export function Comparison({ workflowId, version, against, onChange }: Props) {
  const { t } = useTranslation();
  const yaml = useQuery(yamlQuery(workflowId, String(version)));
  const other = useQuery({ ...yamlQuery(workflowId, String(against ?? version)), enabled: against !== undefined });
  const versions = useQuery(versionsQuery(workflowId));
  const others = (versions.data?.elements ?? [])
    .map(({ metadata }) => metadata.workflow_version_id)
    .filter((known) => known !== version);
  return (
    <Card
      title={t('workflow.showYaml', { version })}
      flush
      aside={
        others.length > 0 && (
          <Select
            size="xs"
            w="17rem"
            aria-label={t('workflow.compare')}
            placeholder={t('workflow.compare')}
            clearable
            clearButtonProps={{ 'aria-label': t('workflow.compareNothing') }}
            value={against === undefined ? null : String(against)}
            onChange={(chosen) => onChange(chosen === null ? undefined : Number(chosen))}
            data={others.map((known) => ({
              value: String(known),
              label: t('workflow.compareWith', { version: known }),
            }))}
          />
        )
      }
    >
      <Loaded query={yaml} height={240}>
        {(lines) =>
          against === undefined ? (
            <pre className={classes.yaml} tabIndex={0}>
              {String(lines)}
            </pre>
          ) : (
            <Loaded query={other} height={240}>
              {(before) => (
                <div className={classes.compare}>
                  <Suspense>
                    <Diff
                      label={t('workflow.compareLabel', { version, against })}
                      before={String(before)}
                      after={String(lines)}
                    />
                  </Suspense>
                </div>
              )}
            </Loaded>
          )
        }
      </Loaded>
    </Card>
  );
}
