import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { Schemas } from '../api/client';
import { Home } from '../home/Home';
import { NotFound } from '../problem/NotFound';
import { RUN_STATUSES } from '../status/status';
import { Shell } from './Shell';
import { part } from './part';

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
export const OPERATIONS = ['permits', 'letters', 'notifications', 'server'] as const;
export const TEMPLATE_NAMES = ['script', 'etl'] as const;

export interface RunsSearch {
  status?: Schemas['RunStatus'];
  workflow?: string;
  owner?: string;
  /** What those that failed have in common. */
  signature?: string;
  from?: number;
  to?: number;
  cursor?: string;
}

export interface WorkflowsSearch {
  q?: string;
  owner?: string;
  tag?: string;
  cursor?: string;
}

export interface WorkflowSearch {
  version?: number;
  against?: number;
}

export interface BackfillSearch {
  status?: Schemas['RunStatus'];
  cursor?: string;
}

export interface SignalsSearch {
  name?: string;
  seq?: number;
  cursor?: string;
}

export interface LineageSearch {
  workflow: string;
  instance?: number;
}

export interface OperationsSearch {
  tab?: (typeof OPERATIONS)[number];
}

export interface TemplatesSearch {
  template?: (typeof TEMPLATE_NAMES)[number];
}

export interface EditSearch {
  workflow?: string;
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
    signature: textOf(given.signature),
    from: numberOf(given.from),
    to: numberOf(given.to),
    cursor: textOf(given.cursor),
  }),
  component: lazyRouteComponent(() => part(() => import('../home/RunsPage')), 'RunsPage'),
});

const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  validateSearch: (given: Given): WorkflowsSearch => ({
    q: textOf(given.q),
    owner: textOf(given.owner),
    tag: textOf(given.tag),
    cursor: textOf(given.cursor),
  }),
  component: lazyRouteComponent(() => part(() => import('../workflow/WorkflowsPage')), 'WorkflowsPage'),
});

const workflow = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$workflowId',
  validateSearch: (given: Given): WorkflowSearch => ({
    version: numberOf(given.version),
    against: numberOf(given.against),
  }),
  component: lazyRouteComponent(() => part(() => import('../workflow/WorkflowPage')), 'WorkflowPage'),
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$workflowId/start',
  validateSearch: (given: Given): StartSearch => ({ again: numberOf(given.again) }),
  component: lazyRouteComponent(() => part(() => import('../start/StartPage')), 'StartPage'),
});

const edit = createRoute({
  getParentRoute: () => root,
  path: '/edit',
  validateSearch: (given: Given): EditSearch => ({ workflow: textOf(given.workflow) }),
  component: lazyRouteComponent(() => part(() => import('../editor/EditorPage')), 'EditorPage'),
});

const wizard = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$workflowId/backfill',
  component: lazyRouteComponent(() => part(() => import('../backfill/WizardPage')), 'WizardPage'),
});

const backfill = createRoute({
  getParentRoute: () => root,
  path: '/backfills/$id',
  validateSearch: (given: Given): BackfillSearch => ({
    status: oneOf(RUN_STATUSES, given.status),
    cursor: textOf(given.cursor),
  }),
  component: lazyRouteComponent(() => part(() => import('../backfill/BackfillPage')), 'BackfillPage'),
});

const signals = createRoute({
  getParentRoute: () => root,
  path: '/signals',
  validateSearch: (given: Given): SignalsSearch => ({
    name: textOf(given.name),
    seq: numberOf(given.seq),
    cursor: textOf(given.cursor),
  }),
  component: lazyRouteComponent(() => part(() => import('../signal/SignalsPage')), 'SignalsPage'),
});

const lineage = createRoute({
  getParentRoute: () => root,
  path: '/lineage',
  validateSearch: (given: Given): LineageSearch => ({
    workflow: textOf(given.workflow) ?? '',
    instance: numberOf(given.instance),
  }),
  component: lazyRouteComponent(() => part(() => import('../graph/LineagePage')), 'LineagePage'),
});

const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  validateSearch: (given: Given): OperationsSearch => ({ tab: oneOf(OPERATIONS, given.tab) }),
  component: lazyRouteComponent(() => part(() => import('../operations/OperationsPage')), 'OperationsPage'),
});

const templates = createRoute({
  getParentRoute: () => root,
  path: '/templates',
  validateSearch: (given: Given): TemplatesSearch => ({ template: oneOf(TEMPLATE_NAMES, given.template) }),
  component: lazyRouteComponent(() => part(() => import('../template/TemplatesPage')), 'TemplatesPage'),
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
  component: lazyRouteComponent(() => part(() => import('../run/RunPage')), 'RunPage'),
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
  component: lazyRouteComponent(() => part(() => import('../loop/LoopPage')), 'LoopPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    runs,
    workflows,
    workflow,
    start,
    edit,
    wizard,
    backfill,
    signals,
    lineage,
    operations,
    templates,
    run,
    loop,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
