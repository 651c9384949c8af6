import type { Schemas } from '../api/client';
import type { Origin } from '../api/queries';
import type { Box } from './BoxGraph';

type Node = Schemas['Lineage']['nodes'][number];

/** What a node is, whichever way it was reached. */
export function idOf(node: Node): string {
  switch (node.kind) {
    case 'SIGNAL':
      return `signal ${node.name} ${node.seq_id}`;
    case 'RUN':
      return `run ${node.workflow_id}#${node.instance_id}`;
    case 'MATCH':
      return `match ${node.match_id}`;
    case 'OUTSIDE':
      return `outside ${node.origin} ${node.announced_by}`;
    case 'WORKFLOW':
      return `workflow ${node.workflow_id}`;
    case 'NAME':
      return `name ${node.name}`;
  }
}

export function idOfOrigin(origin: Origin): string {
  switch (origin.of) {
    case 'workflow':
      return `workflow ${origin.workflow}`;
    case 'run':
      return `run ${origin.workflow}#${origin.instance}`;
    case 'signal':
      return `signal ${origin.name} ${origin.seq}`;
  }
}

function titleOf(node: Node): string {
  switch (node.kind) {
    case 'SIGNAL':
      return `${node.name} #${node.seq_id}`;
    case 'RUN':
      return `${node.workflow_id}#${node.instance_id}`;
    case 'MATCH':
    case 'WORKFLOW':
      return node.workflow_id;
    case 'OUTSIDE':
      return node.announced_by;
    case 'NAME':
      return node.name;
  }
}

/** Both ways of a lineage as one drawing; edges go from cause to effect in each. */
export function boxesOf(
  lineages: readonly Schemas['Lineage'][],
  origin: Origin,
  detail: (node: Node) => string,
): { boxes: Box[]; nodes: ReadonlyMap<string, Node> } {
  const nodes = new Map<string, Node>();
  const successors = new Map<string, Set<string>>();
  for (const { nodes: found, edges } of lineages) {
    const ids = found.map(idOf);
    found.forEach((node, index) => nodes.set(ids[index] ?? '', node));
    for (const { from, to } of edges) {
      const [cause, effect] = [ids[from], ids[to]];
      if (cause !== undefined && effect !== undefined && cause !== effect) {
        successors.set(cause, (successors.get(cause) ?? new Set()).add(effect));
      }
    }
  }
  const centre = idOfOrigin(origin);
  const boxes = [...nodes].map(([id, node]) => ({
    id,
    title: titleOf(node),
    detail: detail(node),
    isCentre: id === centre,
    tone: node.kind === 'SIGNAL' || node.kind === 'NAME' ? ('running' as const) : ('idle' as const),
    successors: [...(successors.get(id) ?? [])],
  }));
  return { boxes, nodes };
}
