import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { Schemas } from '../api/client';
import { Home } from '../home/Home';
import { NotFound } from '../problem/NotFound';
import { RUN_STATUSES } from '../status/status';
import { Shell } from './Shell';

type Given = Record<string, unknown>;

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = Number(value);
  return value !== undefined && value !== '' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((known) => known === value);
}

export const STEP_TABS = ['params', 'log', 'timeline', 'results'] as const;
export const RUN_VIEWS = ['graph', 'gantt'] as const;

export interface RunsSearch {
  status?: Schemas['RunStatus'];
  workflow?: string;
  owner?: string;
  cursor?: string;
}

export interface WorkflowsSearch {
  q?: string;
  cursor?: string;
}

export interface WorkflowSearch {
  version?: number;
}

export interface StartSearch {
  again?: number;
}

export interface RunSearch {
  view?: (typeof RUN_VIEWS)[number];
  step?: string;
  attempt?: number;
  tab?: (typeof STEP_TABS)[number];
  line?: number;
}

export interface LoopSearch {
  step: string;
  status?: string;
  signature?: string;
  from?: number;
  item?: string;
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: (given: Given): RunsSearch => ({
    status: oneOf(RUN_STATUSES, given.status),
    workflow: textOf(given.workflow),
    owner: textOf(given.owner),
    cursor: textOf(given.cursor),
  }),
  component: lazyRouteComponent(() => import('../home/RunsPage'), 'RunsPage'),
});

const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  validateSearch: (given: Given): WorkflowsSearch => ({ q: textOf(given.q), cursor: textOf(given.cursor) }),
  component: lazyRouteComponent(() => import('../workflow/WorkflowsPage'), 'WorkflowsPage'),
});

const workflow = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$workflowId',
  validateSearch: (given: Given): WorkflowSearch => ({ version: numberOf(given.version) }),
  component: lazyRouteComponent(() => import('../workflow/WorkflowPage'), 'WorkflowPage'),
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$workflowId/start',
  validateSearch: (given: Given): StartSearch => ({ again: numberOf(given.again) }),
  component: lazyRouteComponent(() => import('../start/StartPage'), 'StartPage'),
});

const run = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$workflowId/instances/$instance/runs/$run',
  validateSearch: (given: Given): RunSearch => ({
    view: oneOf(RUN_VIEWS, given.view),
    step: textOf(given.step),
    attempt: numberOf(given.attempt),
    tab: oneOf(STEP_TABS, given.tab),
    line: numberOf(given.line),
  }),
  component: lazyRouteComponent(() => import('../run/RunPage'), 'RunPage'),
});

const loop = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$workflowId/instances/$instance/runs/$run/loop',
  validateSearch: (given: Given): LoopSearch => ({
    step: textOf(given.step) ?? '',
    status: textOf(given.status),
    signature: textOf(given.signature),
    from: numberOf(given.from),
    item: textOf(given.item),
  }),
  component: lazyRouteComponent(() => import('../loop/LoopPage'), 'LoopPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, runs, workflows, workflow, start, run, loop]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
