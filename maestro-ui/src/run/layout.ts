import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import elkWorker from 'elkjs/lib/elk-worker.min.js?url';
import { part } from '../app/part';
import { layered } from './layered';
import type { RunStep } from './steps';

export const NODE_WIDTH = 220;
export const NODE_HEIGHT = 62;

export interface Layout {
  positions: ReadonlyMap<string, { x: number; y: number }>;
  width: number;
  height: number;
}

export type Flow = 'RIGHT' | 'DOWN';

const BETWEEN_LAYERS = 64;
const BETWEEN_NODES = 22;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(BETWEEN_LAYERS),
  'elk.spacing.nodeNode': String(BETWEEN_NODES),
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

/** From so many steps on the straightest edges and the fewest crossings would take longer than anybody waits. */
const LARGE = 200;

let elk: Promise<ELK> | undefined;

/** Loaded with the first graph; works in a thread of its own. */
function engine(): Promise<ELK> {
  elk ??= part(() => import('elkjs/lib/elk-api')).then(
    ({ default: Elk }) => new Elk({ workerFactory: () => new Worker(elkWorker) }),
  );
  return elk;
}

/** Where each step stands, from left to right, or downwards, in the order in which they depend on each other. */
export async function layOut(steps: readonly Step[], flow: Flow = 'RIGHT'): Promise<Layout> {
  const began = performance.now();
  const layout = steps.length >= LARGE ? quick(steps, flow) : await careful(steps, flow);
  performance.measure('layout', { start: began });
  return layout;
}

type Step = Pick<RunStep, 'id' | 'successors'>;

function quick(steps: readonly Step[], flow: Flow): Layout {
  const isRight = flow === 'RIGHT';
  const [length, breadth] = isRight ? [NODE_WIDTH, NODE_HEIGHT] : [NODE_HEIGHT, NODE_WIDTH];
  const places = layered(steps, { length, breadth, lengthGap: BETWEEN_LAYERS, breadthGap: BETWEEN_NODES });
  const positions = new Map(
    [...places].map(([id, { along, across }]) => [id, isRight ? { x: along, y: across } : { x: across, y: along }]),
  );
  const far = (of: (place: { x: number; y: number }) => number) =>
    [...positions.values()].reduce((most, place) => Math.max(most, of(place)), 0);
  return {
    positions,
    width: far(({ x }) => x) + NODE_WIDTH,
    height: far(({ y }) => y) + NODE_HEIGHT,
  };
}

async function careful(steps: readonly Step[], flow: Flow): Promise<Layout> {
  const drawing: ElkNode = {
    id: 'run',
    layoutOptions: {
      ...OPTIONS,
      'elk.direction': flow,
    },
    children: steps.map(({ id }) => ({ id, width: NODE_WIDTH, height: NODE_HEIGHT })),
    edges: steps.flatMap(({ id, successors }) =>
      successors.map((next) => ({ id: `${id} ${next}`, sources: [id], targets: [next] })),
    ),
  };
  const graph: ElkNode = await (await engine()).layout(drawing);
  return {
    positions: new Map((graph.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
    width: graph.width ?? 0,
    height: graph.height ?? 0,
  };
}
