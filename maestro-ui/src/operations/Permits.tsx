import { Button, NumberInput, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { useAct } from '../app/useAct';
import { removePermit, setPermit } from '../api/actions';
import { permitsQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { Time } from '../time/Time';
import classes from './Operations.module.css';

/** How many steps with a tag may run at a time, over all workflows. */
export function Permits() {
  const { t } = useTranslation();
  const permits = useQuery(permitsQuery());
  const [tag, setTag] = useState('');
  const [most, setMost] = useState(1);
  const set = useAct(
    () => setPermit(tag.trim(), most),
    ['permits'],
    () => setTag(''),
  );
  const remove = useAct((name: string) => removePermit(name), ['permits']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(undefined);
  };
  const error = set.error ?? remove.error;
  return (
    <Card title={t('operations.permits')} flush>
      <form className={classes.add} onSubmit={submit} noValidate>
        <TextInput label={t('operations.tag')} value={tag} onChange={(event) => setTag(event.currentTarget.value)} />
        <NumberInput
          label={t('operations.most')}
          min={0}
          value={most}
          onChange={(value) => setMost(Number(value) || 0)}
        />
        <Button type="submit" disabled={tag.trim() === ''} loading={set.isPending}>
          {t('operations.setPermit')}
        </Button>
      </form>
      {error !== null && <ProblemNote error={error} />}
      <Loaded query={permits} height={120}>
        {({ elements }) =>
          elements.length === 0 ? (
            <p className="none">{t('operations.noPermits')}</p>
          ) : (
            <Table verticalSpacing="xs" horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('operations.tag')}</Table.Th>
                  <Table.Th className="number">{t('operations.most')}</Table.Th>
                  <Table.Th>{t('operations.changed')}</Table.Th>
                  <Table.Th>{t('operations.remove')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {elements.map((permit) => (
                  <Table.Tr key={permit.tag}>
                    <Table.Td>{permit.tag}</Table.Td>
                    <Table.Td className="number">{permit.max_allowed.toLocaleString()}</Table.Td>
                    <Table.Td className="dim">
                      {permit.timeline.at(-1)?.author} <Time at={permit.timeline.at(-1)?.timestamp} />
                    </Table.Td>
                    <Table.Td>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={t('operations.removePermit', { tag: permit.tag })}
                        loading={remove.isPending && remove.variables === permit.tag}
                        onClick={() => remove.mutate(permit.tag)}
                      >
                        {t('operations.remove')}
                      </Button>
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
