import { Button, Stack, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { useAct } from '../app/useAct';
import { announce } from '../api/actions';
import type { Schemas } from '../api/client';
import { ProblemNote } from '../problem/ProblemNote';
import { read } from '../start/values';

/** Announces a signal by hand. */
export function Announce({ name }: { name: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(name ?? '');
  const [params, setParams] = useState('{}');
  const [isWrong, setIsWrong] = useState(false);
  // One id per form: a signal whose answer got lost is not announced twice.
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const announcing = useAct(
    (body: Schemas['SignalBody']) => announce(body),
    ['signals'],
    (signal) => {
      setRequestId(crypto.randomUUID());
      void navigate({ to: '/signals', search: { name: signal.name, seq: signal.seq_id } });
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const result = read(params, 'MAP');
    setIsWrong('mistake' in result);
    if ('value' in result) {
      announcing.mutate({
        name: typed.trim(),
        params: result.value as NonNullable<Schemas['SignalBody']['params']>,
        request_id: requestId,
      });
    }
  };
  return (
    <Card title={t('signals.announce')}>
      <form onSubmit={submit} noValidate>
        <Stack maw="36rem">
          {name === undefined && (
            <TextInput
              label={t('signals.name')}
              placeholder="shop/orders-loaded"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          <Textarea
            label={t('signals.params')}
            description={t('signals.paramsHelp')}
            autosize
            minRows={1}
            maxRows={10}
            value={params}
            error={isWrong && t('start.object')}
            onChange={(event) => setParams(event.currentTarget.value)}
          />
          {announcing.error !== null && <ProblemNote error={announcing.error} />}
          <div>
            <Button type="submit" loading={announcing.isPending} disabled={typed.trim() === ''}>
              {t('signals.go')}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}
