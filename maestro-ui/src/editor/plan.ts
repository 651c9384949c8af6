import type { Schemas } from '../api/client';
import type { Box } from '../graph/BoxGraph';

interface Body {
  id: string;
  type?: string;
  steps?: readonly Schemas['DefinitionStep'][];
  transition?: Schemas['DefinitionTransition'];
}

/** The steps of a definition as boxes; the body of a loop is a number in its box. */
export function planOf(workflow: Schemas['DefinitionWorkflow'], inside: (count: number) => string): Box[] {
  return workflow.steps.map((step) => {
    const [kind, body] = Object.entries(step)[0] as [string, Body];
    const type = kind === 'step' ? (body.type ?? kind) : kind;
    return {
      id: body.id,
      title: body.id,
      detail: body.steps === undefined ? type : `${type}, ${inside(body.steps.length)}`,
      tone: body.steps === undefined ? 'idle' : 'running',
      successors: Object.keys(body.transition?.successors ?? {}),
    };
  });
}
