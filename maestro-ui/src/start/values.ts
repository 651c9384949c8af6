import type { Schemas } from '../api/client';

type Definition = Schemas['DefinitionParam'];
type Type = Schemas['ParamType'];

const WHOLE = /^-?\d+$/;

/** What can be said about a text that isn't a value of a type; a key of the catalogue. */
export type Mistake = 'start.wholeNumber' | 'start.number' | 'start.boolean' | 'start.object';

export type Read = { value: unknown } | { mistake: Mistake };

export function typeOf(definition: Definition): Type {
  return definition.type.toUpperCase() as Type;
}

export function isList(type: Type): boolean {
  return type.endsWith('_ARRAY');
}

/** Constants and immutable parameters keep the definition's value. */
export function isFixed({ mode }: Definition): boolean {
  return /^(constant|immutable)$/i.test(mode ?? '');
}

/** A value as one types it. */
export function typed(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map(String).join('\n');
  }
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

function number(text: string): unknown {
  // Beyond that a number of JavaScript is another one; the server reads digits in a text.
  return Number.isSafeInteger(Number(text)) || text.includes('.') ? Number(text) : text;
}

function scalar(text: string, type: string): Read {
  switch (type) {
    case 'LONG':
      return WHOLE.test(text.trim()) ? { value: number(text.trim()) } : { mistake: 'start.wholeNumber' };
    case 'DOUBLE':
      return text.trim() !== '' && Number.isFinite(Number(text))
        ? { value: number(text.trim()) }
        : { mistake: 'start.number' };
    case 'BOOLEAN':
      return text === 'true' || text === 'false' ? { value: text === 'true' } : { mistake: 'start.boolean' };
    default:
      return { value: text };
  }
}

/** What was typed, as a value of the type. */
export function read(text: string, type: Type): Read {
  if (isList(type)) {
    const each = text === '' ? [] : text.split('\n').map((line) => scalar(line, type.replace('_ARRAY', '')));
    const wrong = each.find((one) => 'mistake' in one);
    return wrong ?? { value: each.map((one) => ('value' in one ? one.value : undefined)) };
  }
  if (type === 'MAP' || type === 'STRING_MAP') {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? { value }
        : { mistake: 'start.object' };
    } catch {
      return { mistake: 'start.object' };
    }
  }
  return scalar(text, type);
}
