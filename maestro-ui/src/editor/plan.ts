import type { Schemas } from '../api/client';
import type { Box } from '../graph/BoxGraph';
import { type HandlerKind, handlersOf } from '../run/handlers';

interface Body {
  id: string;
  type?: string;
  steps?: readonly Schemas['DefinitionStep'][];
  transition?: Schemas['DefinitionTransition'];
}

/** What the boxes say besides what stands in the definition. */
export interface Words {
  inside: (count: number) => string;
  handler: (kind: HandlerKind) => string;
}

/** The steps of a definition as boxes, and below a box of its own those of each handler; the body of a loop is a number. */
export function planOf(workflow: Schemas['DefinitionWorkflow'], words: Words): Box[] {
  return [
    ...boxesOf(workflow.steps, '', words),
    ...handlersOf(workflow).flatMap(([kind, steps]) => {
      const boxes = boxesOf(steps, `${kind} `, words);
      const later = new Set(boxes.flatMap(({ successors }) => successors));
      const first = boxes.filter(({ id }) => !later.has(id));
      return [
        {
          id: kind,
          title: kind,
          detail: words.handler(kind),
          tone: 'waiting' as const,
          successors: first.map(({ id }) => id),
        },
        ...boxes,
      ];
    }),
  ];
}

/** Steps of different handlers may have the same id; `scope` tells them apart. */
function boxesOf(steps: readonly Schemas['DefinitionStep'][], scope: string, { inside }: Words): Box[] {
  return steps.map((step) => {
    const [kind, body] = Object.entries(step)[0] as [string, Body];
    const type = kind === 'step' ? (body.type ?? kind) : kind;
    return {
      id: scope + body.id,
      title: body.id,
      detail: body.steps === undefined ? type : `${type}, ${inside(body.steps.length)}`,
      tone: body.steps === undefined ? 'idle' : 'running',
      successors: Object.keys(body.transition?.successors ?? {}).map((next) => scope + next),
    };
  });
}
