import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listenForChanges } from './live';

/** Keeps what is shown up to date, for as long as it is there. */
export function Live() {
  const queries = useQueryClient();
  useEffect(() => {
    const abort = new AbortController();
    listenForChanges(queries, abort.signal);
    return () => abort.abort();
  }, [queries]);
  return null;
}
