import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import elkWorker from 'elkjs/lib/elk-worker.min.js?url';
import type { RunStep } from './steps';

export const NODE_WIDTH = 220;
export const NODE_HEIGHT = 62;

export interface Layout {
  positions: ReadonlyMap<string, { x: number; y: number }>;
  width: number;
  height: number;
}

export type Flow = 'RIGHT' | 'DOWN';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.layered.spacing.nodeNodeBetweenLayers': '64',
  'elk.spacing.nodeNode': '22',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

/** From so many steps on the straightest edges and the fewest crossings would take longer than anybody waits. */
const LARGE = 200;

const QUICK = {
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.thoroughness': '1',
  // Edges are drawn by others, so their bends need not be computed.
  'elk.edgeRouting': 'POLYLINE',
  'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
};

let elk: Promise<ELK> | undefined;

/** Loaded with the first graph; works in a thread of its own. */
function engine(): Promise<ELK> {
  elk ??= import('elkjs/lib/elk-api').then(
    ({ default: Elk }) => new Elk({ workerFactory: () => new Worker(elkWorker) }),
  );
  return elk;
}

/** Loads it while what is to be drawn is still on its way. */
export function warmUp() {
  void engine().then((ready) =>
    ready.layout({
      id: 'warm-up',
      layoutOptions: { ...OPTIONS, ...QUICK },
      children: [
        { id: 'a', width: NODE_WIDTH, height: NODE_HEIGHT },
        { id: 'b', width: NODE_WIDTH, height: NODE_HEIGHT },
      ],
      edges: [{ id: 'ab', sources: ['a'], targets: ['b'] }],
    }),
  );
}

/** Where each step stands, from left to right, or downwards, in the order in which they depend on each other. */
export async function layOut(
  steps: readonly Pick<RunStep, 'id' | 'successors'>[],
  flow: Flow = 'RIGHT',
): Promise<Layout> {
  const drawing: ElkNode = {
    id: 'run',
    layoutOptions: {
      ...OPTIONS,
      ...(steps.length >= LARGE && QUICK),
      'elk.direction': flow,
    },
    children: steps.map(({ id }) => ({ id, width: NODE_WIDTH, height: NODE_HEIGHT })),
    edges: steps.flatMap(({ id, successors }) =>
      successors.map((next) => ({ id: `${id} ${next}`, sources: [id], targets: [next] })),
    ),
  };
  const began = performance.now();
  const graph: ElkNode = await (await engine()).layout(drawing);
  performance.measure('layout', { start: began });
  return {
    positions: new Map((graph.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
    width: graph.width ?? 0,
    height: graph.height ?? 0,
  };
}
