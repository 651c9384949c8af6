import { ITEM, type Step } from './place';

/** As much of JSON Schema as the generated one uses. */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | readonly string[];
  anyOf?: readonly Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  enum?: readonly unknown[];
  const?: unknown;
  description?: string;
  default?: unknown;
  examples?: readonly unknown[];
  required?: readonly string[];
}

/** What a key or a value may be, for whoever writes one. */
export interface Choice {
  name: string;
  kind: 'key' | 'value' | 'example';
  description: string | undefined;
  /** Whether it must be there. */
  required: boolean;
}

/** All that a schema may stand for: references and alternatives resolved, each with the description nearest to it. */
function alternatives(schema: Schema, root: Schema, description = schema.description): Schema[] {
  const here = { ...schema, description };
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {};
    return alternatives(target, root, description ?? target.description);
  }
  return schema.anyOf === undefined
    ? [here]
    : [{ ...here, anyOf: undefined }, ...schema.anyOf.flatMap((one) => alternatives(one, root, one.description))];
}

function within(schema: Schema, step: Step, root: Schema): Schema[] {
  if (step === ITEM) {
    return schema.items === undefined ? [] : alternatives(schema.items, root);
  }
  const named = schema.properties?.[step];
  if (named !== undefined) {
    return alternatives(named, root);
  }
  return typeof schema.additionalProperties === 'object' ? alternatives(schema.additionalProperties, root) : [];
}

/** What may stand at a path. */
export function schemasAt(root: Schema, path: readonly Step[]): Schema[] {
  return path.reduce<Schema[]>(
    (schemas, step) => schemas.flatMap((schema) => within(schema, step, root)),
    alternatives(root, root),
  );
}

function firstByName(choices: readonly Choice[]): Choice[] {
  const known = new Map<string, Choice>();
  for (const choice of choices) {
    const before = known.get(choice.name);
    if (before === undefined || (before.description === undefined && choice.description !== undefined)) {
      known.set(choice.name, choice);
    }
  }
  return [...known.values()];
}

/** The keys that a mapping at a path may have. */
export function keysAt(root: Schema, path: readonly Step[]): Choice[] {
  return firstByName(
    schemasAt(root, path).flatMap(({ properties = {}, required = [] }) =>
      Object.entries(properties).map(([name, schema]) => ({
        name,
        kind: 'key' as const,
        description: alternatives(schema, root)[0]?.description,
        required: required.includes(name),
      })),
    ),
  );
}

/** The values that a schema names, and its examples. */
export function valuesAt(root: Schema, path: readonly Step[]): Choice[] {
  return firstByName(
    schemasAt(root, path).flatMap(({ enum: values = [], examples = [], type, description }) => {
      const flags = type === 'boolean' ? [true, false] : [];
      const choice = (kind: Choice['kind']) => (value: unknown) => ({
        name: typeof value === 'string' ? value : JSON.stringify(value),
        kind,
        description,
        required: false,
      });
      return [...[...values, ...flags].map(choice('value')), ...examples.map(choice('example'))];
    }),
  );
}

/** What the schema says about a key. */
export interface Explanation {
  description: string;
  types: readonly string[];
  values: readonly string[];
  fallback: unknown;
}

export function explained(root: Schema, path: readonly Step[]): Explanation | undefined {
  const schemas = schemasAt(root, path);
  const description = schemas.find((schema) => schema.description !== undefined)?.description;
  return description === undefined
    ? undefined
    : {
        description,
        types: [...new Set(schemas.flatMap(({ type }) => type ?? []))],
        values: valuesAt(root, path)
          .filter(({ kind }) => kind === 'value')
          .map(({ name }) => name),
        fallback: schemas.find((schema) => schema.default !== undefined)?.default,
      };
}
