import type { Schemas } from '../api/client';

interface Body {
  id: string;
  steps?: readonly Schemas['DefinitionStep'][];
}

/** The ids of all steps of a definition, those within loops too. */
export function stepIdsOf(workflow: { steps: readonly Schemas['DefinitionStep'][] } | undefined): string[] {
  return (workflow?.steps ?? []).flatMap((step) => {
    const [body] = Object.values(step) as [Body];
    return [body.id, ...stepIdsOf({ steps: body.steps ?? [] })];
  });
}
