import { Button, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal, token } from '../api/client';

/** Asks for a token as soon as the server says that it wants one. */
export function TokenGate() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState('');
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        if (query.state.error instanceof Refusal && query.state.error.status === 401) {
          setAsked(true);
        }
      }),
    [queries],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    token.set(typed.trim());
    setAsked(false);
    void queries.resetQueries();
  };
  return (
    <Modal opened={asked} onClose={() => setAsked(false)} title={t('token.title')}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('token.explain')}</Text>
          <PasswordInput
            label={t('token.label')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" disabled={typed.trim() === ''}>
            {t('token.go')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
