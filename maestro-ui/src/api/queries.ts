import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from './client';
import { pace } from './pace';

const ENDED: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT']);

/** Whether a run will not change any more by itself. */
export function hasEnded(status: Schemas['RunStatus'] | undefined): boolean {
  return status !== undefined && ENDED.has(status);
}

/** One run of one instance; `run` is a number or `latest`. */
export interface RunKey {
  workflowId: string;
  instance: number;
  run: string;
}

/** A loop of a run, or a step of any other kind. */
export interface StepKey extends RunKey {
  stepId: string;
}

function runPath({ workflowId, instance, run }: RunKey) {
  return { workflowId, instanceId: instance, run };
}

function stepPath(key: StepKey) {
  return { ...runPath(key), stepId: key.stepId };
}

function instanceKey({ workflowId, instance, run }: RunKey, ...what: unknown[]) {
  return ['instances', workflowId, instance, run, ...what];
}

export interface RunFilter {
  workflow?: string;
  owner?: string;
  status?: Schemas['RunStatus'];
  cursor?: string;
  first?: number;
}

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: () => answer(api.GET('/api/v3/info')),
  staleTime: Infinity,
});

export const runsQuery = (filter: RunFilter) =>
  queryOptions({
    queryKey: ['runs', filter],
    queryFn: () => answer(api.GET('/api/v3/instances', { params: { query: { first: 25, ...filter } } })),
    refetchInterval: pace.live,
    placeholderData: keepPreviousData,
  });

export interface WorkflowFilter {
  q?: string;
  owner?: string;
  tag?: string;
  active?: boolean;
  cursor?: string;
  first?: number;
}

export const workflowsQuery = (filter: WorkflowFilter) =>
  queryOptions({
    queryKey: ['workflows', filter],
    queryFn: () => answer(api.GET('/api/v3/workflows', { params: { query: { first: 50, ...filter } } })),
    refetchInterval: pace.calm,
    placeholderData: keepPreviousData,
  });

export const overviewQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'overview'],
    queryFn: () => answer(api.GET('/api/v3/workflows/{workflowId}/overview', { params: { path: { workflowId } } })),
    refetchInterval: pace.live,
  });

export const versionsQuery = (workflowId: string, cursor?: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'versions', cursor],
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/versions/pagination', {
          params: { path: { workflowId }, query: { first: 10, cursor } },
        }),
      ),
    refetchInterval: pace.calm,
    placeholderData: keepPreviousData,
  });

/** `version` is a number or `active`, `latest`, `default`. */
export const definitionQuery = (workflowId: string, version: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'version', version],
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/versions/{version}', {
          params: { path: { workflowId, version }, query: { enriched: true } },
        }),
      ),
  });

export const yamlQuery = (workflowId: string, version: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'yaml', version],
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/versions/{version}/yaml', {
          params: { path: { workflowId, version } },
          parseAs: 'text',
        }),
      ),
  });

export const triggersQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'triggers'],
    queryFn: () => answer(api.GET('/api/v3/workflows/{workflowId}/triggers', { params: { path: { workflowId } } })),
    refetchInterval: pace.calm,
  });

/** The latest runs of a workflow, oldest first. */
export const historyQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'history'],
    queryFn: async () => {
      const query = { workflow: workflowId, first: 40 };
      const page = await answer(api.GET('/api/v3/instances', { params: { query } }));
      return page.elements.toReversed();
    },
    refetchInterval: pace.live,
  });

export const runQuery = (key: RunKey) =>
  queryOptions({
    queryKey: instanceKey(key, 'run'),
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}', {
          params: { path: runPath(key), query: { enriched: true } },
        }),
      ),
    refetchInterval: ({ state }) => (hasEnded(state.data?.status) ? pace.calm() : pace.live()),
  });

export const attemptsOfRunQuery = (key: RunKey, live: boolean) =>
  queryOptions({
    queryKey: instanceKey(key, 'steps'),
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps', {
          params: { path: runPath(key) },
        }),
      ),
    refetchInterval: live ? pace.live : false,
  });

export const attemptsQuery = (key: StepKey, live: boolean) =>
  queryOptions({
    queryKey: instanceKey(key, 'attempts', key.stepId),
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/attempts', {
          params: { path: stepPath(key) },
        }),
      ),
    refetchInterval: live ? pace.live : false,
  });

export const whyQuery = (key: RunKey, live: boolean) =>
  queryOptions({
    queryKey: instanceKey(key, 'why'),
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/why', {
          params: { path: runPath(key) },
        }),
      ),
    refetchInterval: live ? pace.live : false,
  });

export const whyStepQuery = (key: StepKey, live: boolean) =>
  queryOptions({
    queryKey: instanceKey(key, 'why', key.stepId),
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/why', {
          params: { path: stepPath(key) },
        }),
      ),
    refetchInterval: live ? pace.live : false,
  });

export const runsOfInstanceQuery = (key: RunKey) =>
  queryOptions({
    queryKey: ['instances', key.workflowId, key.instance, 'runs'],
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/instances/{instanceId}/runs', {
          params: { path: { workflowId: key.workflowId, instanceId: key.instance }, query: { first: 20 } },
        }),
      ),
    refetchInterval: pace.calm,
  });

/** Which iterations are meant; nothing set means all. */
export interface IterationFilter {
  status?: string;
  signature?: string;
  from?: number;
  to?: number;
  /** Values of loop params by name; `*` at the end of one stands for any rest. */
  items?: Record<string, string>;
}

const LOOP = '/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations';

export function filterQuery(filter: IterationFilter) {
  const items = Object.entries(filter.items ?? {}).map(([name, value]) => [`item.${name}`, value]);
  return { ...filter, items: Object.fromEntries(items) as Record<string, string> };
}

export const loopSummaryQuery = (key: StepKey) =>
  queryOptions({
    queryKey: instanceKey(key, 'loop', key.stepId, 'summary'),
    queryFn: () => answer(api.GET(`${LOOP}/summary`, { params: { path: stepPath(key) } })),
    refetchInterval: ({ state }) => (state.data?.live === false ? pace.calm() : pace.untold()),
  });

export const loopStripQuery = (key: StepKey, buckets: number, live: boolean) =>
  queryOptions({
    queryKey: instanceKey(key, 'loop', key.stepId, 'strip', buckets),
    queryFn: () => answer(api.GET(`${LOOP}/strip`, { params: { path: stepPath(key), query: { buckets } } })),
    refetchInterval: live ? pace.untold : false,
    placeholderData: keepPreviousData,
  });

export const iterationsQuery = (key: StepKey, filter: IterationFilter, live: boolean) =>
  queryOptions({
    queryKey: instanceKey(key, 'loop', key.stepId, 'iterations', filter),
    queryFn: () =>
      answer(api.GET(LOOP, { params: { path: stepPath(key), query: { ...filterQuery(filter), first: 50 } } })),
    refetchInterval: live ? pace.untold : false,
    placeholderData: keepPreviousData,
  });
