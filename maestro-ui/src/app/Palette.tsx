import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { workflowsQuery } from '../api/queries';
import { Icon } from './Icon';

export const openPalette = Spotlight.open;

const TYPING_PAUSE = 150;
const INSTANCE = /^(.+)#(\d+)$/;

/** Goes anywhere by name. The server searches, so that ten thousand workflows are as near as ten. */
export function Palette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [searched] = useDebouncedValue(typed.trim(), TYPING_PAUSE);
  const { data } = useQuery({
    ...workflowsQuery({ q: searched, first: 8 }),
    enabled: searched !== '',
    refetchInterval: false,
  });

  const instance = INSTANCE.exec(typed.trim());
  const named: SpotlightActionData[] = instance
    ? [
        {
          id: 'instance',
          label: t('palette.instance', { workflow: instance[1], instance: instance[2] }),
          leftSection: <Icon name="runs" />,
          onClick: () =>
            void navigate({
              to: '/workflows/$workflowId/instances/$instance/runs/$run',
              params: { workflowId: instance[1] ?? '', instance: instance[2] ?? '', run: 'latest' },
            }),
        },
      ]
    : [];
  const workflows = (searched === '' ? [] : (data?.elements ?? [])).map((workflow) => ({
    id: `workflow ${workflow.workflow_id}`,
    label: workflow.workflow_id,
    description: [workflow.name, workflow.owner].filter(Boolean).join(' · '),
    leftSection: <Icon name="workflows" />,
    onClick: () => void navigate({ to: '/workflows/$workflowId', params: { workflowId: workflow.workflow_id } }),
  }));
  const pages: SpotlightActionData[] = [
    { id: 'home', label: t('app.home'), leftSection: <Icon name="home" />, onClick: () => void navigate({ to: '/' }) },
    {
      id: 'runs',
      label: t('app.runs'),
      leftSection: <Icon name="runs" />,
      onClick: () => void navigate({ to: '/runs' }),
    },
    {
      id: 'workflows',
      label: t('app.workflows'),
      leftSection: <Icon name="workflows" />,
      onClick: () => void navigate({ to: '/workflows' }),
    },
    {
      id: 'signals',
      label: t('app.signals'),
      leftSection: <Icon name="signal" />,
      onClick: () => void navigate({ to: '/signals' }),
    },
    {
      id: 'edit',
      label: t('editor.newTitle'),
      leftSection: <Icon name="pencil" />,
      onClick: () => void navigate({ to: '/edit' }),
    },
    {
      id: 'templates',
      label: t('app.templates'),
      leftSection: <Icon name="template" />,
      onClick: () => void navigate({ to: '/templates' }),
    },
    {
      id: 'operations',
      label: t('app.operations'),
      leftSection: <Icon name="gauge" />,
      onClick: () => void navigate({ to: '/operations' }),
    },
  ].filter((page) => page.label.toLowerCase().includes(typed.trim().toLowerCase()));
  const groups: SpotlightActionGroupData[] = [
    { group: t('palette.workflows'), actions: [...named, ...workflows] },
    { group: t('palette.pages'), actions: pages },
  ].filter(({ actions }) => actions.length > 0);

  return (
    <Spotlight
      actions={groups}
      query={typed}
      onQueryChange={setTyped}
      filter={(_, given) => given}
      nothingFound={t('palette.nothing')}
      shortcut={['mod + K', '/']}
      searchProps={{
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
        leftSection: <Icon name="search" />,
      }}
    />
  );
}
