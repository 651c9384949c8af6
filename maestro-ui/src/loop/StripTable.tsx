import { Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { ITERATION_STATUSES } from '../status/status';
import classes from './Loop.module.css';

const ROWS = 24;

type Bucket = Schemas['LoopStripBucket'];

/** Neighbouring pieces together, until there are few enough to read. */
function coarser(buckets: readonly Bucket[]): Bucket[] {
  const size = Math.ceil(buckets.length / ROWS);
  return Array.from({ length: Math.ceil(buckets.length / size) }, (_, row) => {
    const pieces = buckets.slice(row * size, (row + 1) * size);
    const counts: Record<string, number> = {};
    for (const piece of pieces) {
      for (const [status, count] of Object.entries(piece.counts)) {
        counts[status] = (counts[status] ?? 0) + count;
      }
    }
    return { from: pieces[0]?.from ?? 0, to: pieces.at(-1)?.to ?? 0, counts };
  });
}

/** The strip for those who read rather than see it. */
export function StripTable({ strip }: { strip: Schemas['LoopStrip'] }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const statuses = ITERATION_STATUSES.filter((status) => strip.buckets.some(({ counts }) => counts[status]));
  return (
    <details className={classes.table} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('loop.asTable')}</summary>
      {isOpen && (
        <Table verticalSpacing={4} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('loop.pieces')}</Table.Th>
              {statuses.map((status) => (
                <Table.Th key={status} className="number">
                  {t(`status.${status}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {coarser(strip.buckets).map(({ from, to, counts }) => (
              <Table.Tr key={from}>
                <Table.Td>
                  {from.toLocaleString()} – {(to - 1).toLocaleString()}
                </Table.Td>
                {statuses.map((status) => (
                  <Table.Td key={status} className="number">
                    {(counts[status] ?? 0).toLocaleString()}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </details>
  );
}
