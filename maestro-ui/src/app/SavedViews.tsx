import { Button, CloseButton, Group, Popover, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

type View = Record<string, unknown>;

const KEPT = 'maestro.views.';

function kept(page: string): Record<string, View> {
  try {
    return JSON.parse(localStorage.getItem(KEPT + page) ?? '{}') as Record<string, View>;
  } catch {
    return {};
  }
}

interface Props {
  page: 'runs' | 'workflows';
  /** The filters as the address has them. */
  search: View;
  onChoose: (view: View) => void;
}

/** Filters by name, kept in this browser. Whoever wants to share one shares the address. */
export function SavedViews({ page, search, onChoose }: Props) {
  const { t } = useTranslation();
  const [views, setViews] = useState(() => kept(page));
  const [name, setName] = useState('');
  const keep = (changed: Record<string, View>) => {
    localStorage.setItem(KEPT + page, JSON.stringify(changed));
    setViews(changed);
  };
  const forget = (known: string) => {
    const { [known]: _, ...others } = views;
    keep(others);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const { cursor: _, ...filters } = search;
    keep({ ...views, [name.trim()]: filters });
    setName('');
  };
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default">{t('views.title')}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {Object.keys(views).length === 0 && <span className="dim small">{t('views.none')}</span>}
          {Object.entries(views).map(([known, view]) => (
            <Group key={known} justify="space-between" wrap="nowrap">
              <Button size="xs" variant="subtle" onClick={() => onChoose(view)}>
                {known}
              </Button>
              <CloseButton size="sm" aria-label={t('views.forget', { name: known })} onClick={() => forget(known)} />
            </Group>
          ))}
          <form onSubmit={save}>
            <Group align="end" wrap="nowrap">
              <TextInput
                size="xs"
                label={t('views.name')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" size="xs" variant="default" disabled={name.trim() === ''}>
                {t('views.save')}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
