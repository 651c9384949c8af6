import { describe, expect, it } from 'vitest';
import { type Grid, layered } from './layered';

const GRID: Grid = { length: 220, breadth: 62, lengthGap: 64, breadthGap: 22 };

/** Layers of steps, each with edges to one or two of the next layer. */
function wide(layers: number, each: number) {
  return Array.from({ length: layers * each }, (_, index) => {
    const layer = Math.floor(index / each);
    const next = (index % each) + (index % 3 === 0 ? 1 : 0);
    return {
      id: `${layer} ${index % each}`,
      successors:
        layer === layers - 1 ? [] : [index % each, Math.min(each - 1, next)].map((to) => `${layer + 1} ${to}`),
    };
  });
}

describe('a large graph', () => {
  it('has what leads to something before it, and nothing upon something else', () => {
    const nodes = wide(25, 40);
    const places = layered(nodes, GRID);
    expect(places.size).toBe(1_000);
    const layers = new Set([...places.values()].map(({ along }) => along));
    expect(layers.size).toBe(25);
    for (const layer of layers) {
      const across = [...places.values()]
        .filter(({ along }) => along === layer)
        .map((place) => place.across)
        .toSorted((one, other) => one - other);
      across.slice(1).forEach((place, index) => expect(place - across[index]!).toBeGreaterThanOrEqual(84 - 1e-6));
    }
    for (const { id, successors } of nodes) {
      for (const next of successors) {
        expect(places.get(next)!.along).toBeGreaterThan(places.get(id)!.along);
      }
    }
    expect(Math.min(...[...places.values()].map(({ across }) => across))).toBe(0);
  });

  it('has chains as straight lines', () => {
    const chains = wide(10, 20).map(({ id, successors }) => ({ id, successors: successors.slice(0, 1) }));
    const places = layered(chains, GRID);
    for (const { id, successors } of chains) {
      expect(successors.every((next) => Math.abs(places.get(next)!.across - places.get(id)!.across) < 1e-6)).toBe(true);
    }
  });

  it('may go round in a circle, and lead to what is not there', () => {
    const places = layered(
      [
        { id: 'a', successors: ['b'] },
        { id: 'b', successors: ['c', 'nowhere'] },
        { id: 'c', successors: ['a'] },
        { id: 'd', successors: ['d'] },
      ],
      GRID,
    );
    expect([...places.keys()].toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(places.get('c')!.along).toBeGreaterThan(places.get('b')!.along);
  });

  it('of nothing is nothing', () => {
    expect(layered([], GRID).size).toBe(0);
  });
});
