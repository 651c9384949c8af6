import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';

/** Something that a button does; what is shown under a key is asked for again after it. */
export function useAct<T, A = unknown>(act: (given: T) => Promise<A>, refreshes: QueryKey, then?: (answer: A) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: refreshes });
      then?.(answer);
    },
  });
}
