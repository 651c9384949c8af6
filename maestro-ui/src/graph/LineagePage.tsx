import { Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Origin } from '../api/queries';
import { LineageGraph } from './LineageGraph';

const route = getRouteApi('/lineage');

/** Where a workflow or an instance comes from, and what it leads to. */
export function LineagePage() {
  const { t } = useTranslation();
  const { workflow, instance } = route.useSearch();
  const origin: Origin = instance === undefined ? { of: 'workflow', workflow } : { of: 'run', workflow, instance };
  return (
    <>
      <Title order={1} mb="md">
        {t('lineage.of', { what: instance === undefined ? workflow : `${workflow}#${instance}` })}
      </Title>
      <Card flush>
        <LineageGraph origin={origin} />
      </Card>
    </>
  );
}
