import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import classes from './Run.module.css';

function written(param: Partial<Schemas['Param']>): string {
  return param.expression ?? shown(param.value);
}

/** A value as JSON, but texts as they are. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

/** What people wrote comes first. */
function isOfTheSystem({ source }: Partial<Schemas['Param']>): boolean {
  return source?.startsWith('SYSTEM') ?? false;
}

interface Props {
  params: Schemas['Params'];
  none: string;
}

/** Parameters: as written, what came of it, and from where. */
export function ParamsTable({ params, none }: Props) {
  const { t } = useTranslation();
  const [isAll, setIsAll] = useState(false);
  const all = Object.entries(params)
    .map(([name, param]) => [name, param as Partial<Schemas['Param']>] as const)
    .toSorted(([, a], [, b]) => Number(isOfTheSystem(a)) - Number(isOfTheSystem(b)));
  const rows = isAll ? all : all.filter(([, param]) => !isOfTheSystem(param));
  const more = all.length > rows.length && (
    <p className={classes.none}>
      <Button size="compact-sm" variant="default" onClick={() => setIsAll(true)}>
        {t('step.systemParams', { count: all.length - rows.length })}
      </Button>
    </p>
  );
  if (rows.length === 0) {
    return (
      <>
        <p className={classes.none}>{none}</p>
        {more}
      </>
    );
  }
  return (
    <>
      <Table verticalSpacing="xs" horizontalSpacing="md" className={classes.params}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('step.name')}</Table.Th>
            <Table.Th>{t('step.written')}</Table.Th>
            <Table.Th>{t('step.value')}</Table.Th>
            <Table.Th>{t('step.source')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, param]) => (
            <Table.Tr key={name}>
              <Table.Td>
                {name}
                <div className="dim small">{param.type?.toLowerCase()}</div>
              </Table.Td>
              <Table.Td>
                <pre className={classes.value} data-computed={param.expression === undefined ? undefined : true}>
                  {written(param)}
                </pre>
              </Table.Td>
              <Table.Td>
                <pre className={classes.value}>{shown(param.evaluated_result)}</pre>
              </Table.Td>
              <Table.Td className="dim small">{param.source?.toLowerCase().replaceAll('_', ' ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {more}
    </>
  );
}
