import type { Schemas } from '../api/client';

/** When the steps of a handler run, in the order in which a definition has them. */
export const HANDLER_KINDS = ['on_failure', 'on_success', 'on_end'] as const;

export type HandlerKind = (typeof HANDLER_KINDS)[number];

type Definition = Pick<Schemas['DefinitionWorkflow'], HandlerKind>;

/** What a definition wants done after a run, and what has come of it. */
export interface Handler {
  kind: HandlerKind;
  /** The ids of its steps. */
  steps: readonly string[];
  run: Schemas['InstanceViewHandlerRun'] | undefined;
}

/** The handlers that a definition has, with the steps of each. */
export function handlersOf(definition: Definition | undefined): [HandlerKind, readonly Schemas['DefinitionStep'][]][] {
  return HANDLER_KINDS.flatMap((kind) => {
    const steps = definition?.[kind] ?? [];
    return steps.length === 0 ? [] : [[kind, steps] as [HandlerKind, readonly Schemas['DefinitionStep'][]]];
  });
}

export function idOf(step: Schemas['DefinitionStep']): string {
  return (Object.values(step)[0] as { id: string }).id;
}

export function typeOf(step: Schemas['DefinitionStep']): string {
  const [kind, body] = Object.entries(step)[0] as [string, { type?: string }];
  return kind === 'step' ? (body.type ?? kind) : kind;
}

/** The handlers of a run, each with its own run if it has begun. */
export function handlersOfRun(run: Schemas['InstanceView']): Handler[] {
  return handlersOf(run.runtime_workflow).map(([kind, steps]) => ({
    kind,
    steps: steps.map(idOf),
    run: run.handlers?.find(({ on }) => on === kind),
  }));
}
