import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './ProblemNote';

interface Props<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
  height?: number;
}

/** Shows what was asked for; until it is there its place, and what went wrong. What is old stays while the server is away. */
export function Loaded<T>({ query, children, height = 120 }: Props<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) {
    return (
      <>
        {query.error !== null && <ProblemNote error={query.error} />}
        {children(query.data)}
      </>
    );
  }
  if (query.error !== null) {
    return <ProblemNote error={query.error} />;
  }
  return <Skeleton height={height} aria-label={t('app.loading')} role="status" />;
}
