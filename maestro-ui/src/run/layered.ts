/** Something that stands before what it leads to. */
interface Node {
  id: string;
  successors: readonly string[];
}

/** How large each is, and how far apart: along the way of the edges, and across it. */
export interface Grid {
  length: number;
  breadth: number;
  lengthGap: number;
  breadthGap: number;
}

/** A place along the way of the edges, and across it. */
export interface Place {
  along: number;
  across: number;
}

/** There and back so often; more changes little. */
const SWEEPS = 4;

/**
 * Places for large graphs, in layers: what ELK does with more care takes it over a second for a thousand steps, and this
 * a few milliseconds. What leads to something is before it; neighbours in a layer are ordered and placed by what they
 * lead to and come from. Where there is a circle, one of its edges leads back.
 */
export function layered(nodes: readonly Node[], grid: Grid): ReadonlyMap<string, Place> {
  const layers = layersOf(nodes);
  const { before, after } = neighbours(nodes, layers);
  const sides = [before, after] as const;
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep++) {
    const near = sides[sweep % 2] ?? before;
    const rank = new Map(layers.flatMap((layer) => layer.map((id, index) => [id, index / layer.length] as const)));
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = new Map(layer.map((id) => [id, mean(near.get(id), rank) ?? rank.get(id) ?? 0]));
      layer.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
      layer.forEach((id, index) => rank.set(id, index / layer.length));
    }
  }
  const step = grid.breadth + grid.breadthGap;
  const across = new Map(layers.flatMap((layer) => layer.map((id, index) => [id, index * step] as const)));
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep++) {
    const near = sides[sweep % 2] ?? before;
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = layer.map((id) => mean(near.get(id), across) ?? across.get(id) ?? 0);
      apart(wanted, step).forEach((place, index) => across.set(layer[index] ?? '', place));
    }
  }
  const least = Math.min(...across.values());
  return new Map(
    layers.flatMap((layer, index) =>
      layer.map((id) => [id, { along: index * (grid.length + grid.lengthGap), across: (across.get(id) ?? 0) - least }]),
    ),
  );
}

/** The ids by how far they are from where it begins, in the order in which they came. */
function layersOf(nodes: readonly Node[]): string[][] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const open = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { successors } of nodes) {
    for (const next of successors) {
      open.set(next, (open.get(next) ?? 0) + 1);
    }
  }
  const depth = new Map<string, number>();
  const ready = nodes.filter(({ id }) => open.get(id) === 0).map(({ id }) => id);
  const waiting = nodes.map(({ id }) => id);
  for (let at = 0, left = 0; at < known.size; at++) {
    if (at === ready.length) {
      // A circle: it begins with the first of those that are left.
      while (ready.includes(waiting[left] ?? '')) left++;
      ready.push(waiting[left] ?? '');
    }
    const id = ready[at] ?? '';
    const own = depth.get(id) ?? 0;
    depth.set(id, own);
    open.set(id, -1);
    for (const next of known.get(id)?.successors ?? []) {
      const rest = open.get(next) ?? -1;
      if (rest > 0) {
        depth.set(next, Math.max(depth.get(next) ?? 0, own + 1));
        open.set(next, rest - 1);
        if (rest === 1) ready.push(next);
      }
    }
  }
  const layers: string[][] = [];
  for (const { id } of nodes) {
    (layers[depth.get(id) ?? 0] ??= []).push(id);
  }
  return layers;
}

/** What each comes from, and what it leads to. */
function neighbours(nodes: readonly Node[], layers: readonly string[][]) {
  const known = new Set(layers.flat());
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  for (const { id, successors } of nodes) {
    for (const next of successors) {
      if (known.has(next)) {
        before.set(next, [...(before.get(next) ?? []), id]);
        after.set(id, [...(after.get(id) ?? []), next]);
      }
    }
  }
  return { before, after };
}

function mean(of: readonly string[] | undefined, values: ReadonlyMap<string, number>): number | undefined {
  return of === undefined ? undefined : of.reduce((sum, id) => sum + (values.get(id) ?? 0), 0) / of.length;
}

/** As near to what is wanted as can be, in the same order and at least a step apart. */
function apart(wanted: readonly number[], step: number): number[] {
  const groups: { sum: number; count: number }[] = [];
  wanted.forEach((place, index) => {
    let last = { sum: place - index * step, count: 1 };
    for (let before = groups.at(-1); before !== undefined && before.sum / before.count > last.sum / last.count;) {
      last = { sum: before.sum + last.sum, count: before.count + last.count };
      groups.pop();
      before = groups.at(-1);
    }
    groups.push(last);
  });
  return groups
    .flatMap(({ sum, count }) => Array<number>(count).fill(sum / count))
    .map((place, index) => place + index * step);
}
