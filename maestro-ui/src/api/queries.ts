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
  from?: number;
  to?: number;
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

export interface FailureFilter {
  workflow?: string;
  owner?: string;
  signature?: string;
}

/** What failed last and has not been restarted, by what went wrong. */
export const failuresQuery = (filter: FailureFilter) =>
  queryOptions({
    queryKey: ['runs', 'failures', filter],
    queryFn: () => answer(api.GET('/api/v3/failures', { params: { query: filter } })),
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
    refetchInterval: ({ state: { data } }) =>
      !hasEnded(data?.status)
        ? pace.live()
        : data?.handlers?.some(({ status }) => !hasEnded(status))
          ? pace.untold()
          : pace.calm(),
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

/** The JSON Schema of a definition in YAML, for whoever writes one. */
export const yamlSchemaQuery = queryOptions({
  queryKey: ['schema'],
  queryFn: () => answer(api.GET('/api/v3/schema/workflow-yaml.json')),
  staleTime: Infinity,
});

/** A text goes as it is. */
export const AS_IT_IS = {
  headers: { 'Content-Type': 'application/yaml' },
  bodySerializer: (text: unknown) => text as string,
};

/** What would come of a text that is being written. */
export const previewQuery = (text: string) =>
  queryOptions({
    queryKey: ['preview', text],
    queryFn: () => answer(api.PUT('/api/v3/workflows/actions/preview/yaml', { ...AS_IT_IS, body: text as never })),
    staleTime: 30_000,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });

export const previewOfTriggerQuery = (workflowId: string, trigger: Schemas['DefinitionTimeTrigger']) =>
  queryOptions({
    queryKey: ['trigger preview', workflowId, trigger],
    queryFn: () =>
      answer(
        api.POST('/api/v3/triggers/time/preview', {
          params: { query: { workflow_id: workflowId, count: 5 } },
          body: trigger,
        }),
      ),
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });

/** The latest runs of a workflow, as many as a calendar is made of, newest first. */
export const daysQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'days'],
    queryFn: () => answer(api.GET('/api/v3/instances', { params: { query: { workflow: workflowId, first: 200 } } })),
    refetchInterval: pace.calm,
  });

export const backfillsQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'backfills'],
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/backfills', { params: { path: { workflowId }, query: { first: 10 } } }),
      ),
    refetchInterval: pace.calm,
  });

export const backfillQuery = (id: string) =>
  queryOptions({
    queryKey: ['backfill', id],
    queryFn: () => answer(api.GET('/api/v3/backfills/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) =>
      /^(STOPPED|COMPLETED)$/.test(state.data?.status ?? '') ? pace.calm() : pace.untold(),
  });

export interface BackfillRunFilter {
  status?: Schemas['RunStatus'];
  cursor?: string;
}

export const backfillRunsQuery = (id: string, filter: BackfillRunFilter) =>
  queryOptions({
    queryKey: ['backfill', id, 'runs', filter],
    queryFn: () =>
      answer(api.GET('/api/v3/backfills/{id}/runs', { params: { path: { id }, query: { first: 50, ...filter } } })),
    refetchInterval: pace.calm,
    placeholderData: keepPreviousData,
  });

/** What a back-fill would do. */
export const backfillPlanQuery = (workflowId: string, body: Schemas['BackfillBody']) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'backfill plan', body],
    queryFn: async () =>
      (await answer(
        api.POST('/api/v3/workflows/{workflowId}/backfills', {
          params: { path: { workflowId }, query: { dry_run: true } },
          body,
        }),
      )) as Schemas['BackfillPlan'],
    gcTime: 0,
  });

export const breakpointsQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'breakpoints'],
    queryFn: () => answer(api.GET('/api/v3/workflows/steps/breakpoints', { params: { query: { workflowId } } })),
    refetchInterval: pace.calm,
  });

/** What is held at breakpoints of any workflow. */
export const heldAnywhereQuery = queryOptions({
  queryKey: ['runs', 'held'],
  queryFn: () => answer(api.GET('/api/v3/workflows/steps/breakpoints/paused-step-attempts', {})),
  refetchInterval: pace.calm,
});

export const heldQuery = (workflowId: string, stepId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'breakpoints', stepId],
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/steps/breakpoints/paused-step-attempts', {
          params: { query: { workflowId, stepId } },
        }),
      ),
    refetchInterval: pace.live,
  });

export const signalNamesQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['signals', 'names', cursor],
    queryFn: () => answer(api.GET('/api/v3/signals', { params: { query: { first: 50, cursor } } })),
    refetchInterval: pace.calm,
    placeholderData: keepPreviousData,
  });

export const signalsQuery = (name: string, cursor?: string) =>
  queryOptions({
    queryKey: ['signals', name, cursor],
    queryFn: () => answer(api.GET('/api/v3/signals/instances', { params: { query: { name, first: 25, cursor } } })),
    refetchInterval: pace.calm,
    placeholderData: keepPreviousData,
  });

export const signalQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ['signals', name, 'one', number],
    queryFn: () =>
      answer(api.GET('/api/v3/signals/instances/{number}', { params: { path: { number }, query: { name } } })),
    refetchInterval: pace.calm,
  });

/** What a lineage is of. */
export type Origin =
  | { of: 'workflow'; workflow: string }
  | { of: 'run'; workflow: string; instance: number }
  | { of: 'signal'; name: string; seq: number };

export type Direction = 'downstream' | 'upstream';

export const lineageQuery = (origin: Origin, direction: Direction) =>
  queryOptions({
    queryKey: ['lineage', origin, direction],
    queryFn: () => answer(lineage(origin, direction)),
    refetchInterval: pace.calm,
  });

function lineage(origin: Origin, direction: Direction) {
  switch (origin.of) {
    case 'workflow':
      return api.GET('/api/v3/lineage/workflows', {
        params: { query: { workflow_id: origin.workflow, direction } },
      });
    case 'run':
      return api.GET('/api/v3/lineage/runs', {
        params: { query: { workflow_id: origin.workflow, instance_id: origin.instance, direction } },
      });
    case 'signal':
      return api.GET('/api/v3/lineage/signals', {
        params: { query: { name: origin.name, seq: origin.seq, direction } },
      });
  }
}

export const permitsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['permits', cursor],
    queryFn: () => answer(api.GET('/api/v3/tag-permits', { params: { query: { first: 50, cursor } } })),
    refetchInterval: pace.calm,
  });

export const deadLettersQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['dead letters', 'signals', cursor],
    queryFn: () => answer(api.GET('/api/v3/dead-letters', { params: { query: { first: 25, cursor } } })),
    refetchInterval: pace.calm,
  });

export const engineDeadLettersQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['dead letters', 'engine', cursor],
    queryFn: () => answer(api.GET('/api/v3/engine-dead-letters', { params: { query: { first: 25, cursor } } })),
    refetchInterval: pace.calm,
  });

/** Of all workflows what nobody took, newest first. */
export const failedNotificationsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['notifications', cursor],
    queryFn: () => answer(api.GET('/api/v3/notifications', { params: { query: { first: 25, cursor } } })),
    refetchInterval: pace.calm,
    placeholderData: keepPreviousData,
  });

/** Whom a run has told or is to tell. */
export const toldQuery = (key: RunKey, live: boolean) =>
  queryOptions({
    queryKey: instanceKey(key, 'notifications'),
    queryFn: () =>
      answer(
        api.GET('/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/notifications', {
          params: { path: runPath(key) },
        }),
      ),
    refetchInterval: ({ state: { data } }) =>
      live || data?.notifications.some(({ status }) => status === 'WAITING') ? pace.live() : false,
  });

export const parkedQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['dead letters', 'parked', cursor],
    queryFn: () => answer(api.GET('/api/v3/parked-requests', { params: { query: { first: 25, cursor } } })),
    refetchInterval: pace.calm,
  });

/** The time triggers of all workflows; as many as one answer has. */
export const allTriggersQuery = queryOptions({
  queryKey: ['triggers'],
  queryFn: () => answer(api.GET('/api/v3/triggers/time', { params: { query: { first: 200 } } })),
  refetchInterval: pace.calm,
});
