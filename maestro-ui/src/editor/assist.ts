import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { EditorView, Tooltip } from '@codemirror/view';
import { type Spot, spotAt } from './place';
import { type Choice, explained, keysAt, type Schema, valuesAt } from './schema';

/** Fields that name jobs of the same workflow. */
const NAMES_JOBS: ReadonlySet<unknown> = new Set(['needs', 'transition', 'predecessors']);
const ID = /^\s*(?:- +)*(?:.*\{ *)?id: *['"]?([\w.-]+)/;

function isProse(state: EditorState, at: number): boolean {
  return /BlockLiteral|Comment/.test(syntaxTree(state).resolveInner(at, -1).name);
}

function spotOf(state: EditorState, at: number): Spot & { start: number } {
  const line = state.doc.lineAt(at);
  const lines = state.doc.sliceString(0, line.to).split('\n');
  return { ...spotAt(lines, line.number - 1, at - line.from), start: line.from };
}

function jobsOf(state: EditorState): Choice[] {
  const ids = state.doc
    .toString()
    .split('\n')
    .flatMap((line) => ID.exec(line)?.[1] ?? [])
    .slice(1); // the first is the workflow's own
  return [...new Set(ids)].map((name) => ({ name, kind: 'value', description: undefined, required: false }));
}

function offered({ name, kind, description, required }: Choice, quoted: boolean): Completion {
  return {
    label: name,
    apply: kind === 'key' ? `${name}: ` : quoted || !/^[@*&!%|>[{#'"]|: /.test(name) ? name : `'${name}'`,
    type: kind === 'key' ? 'property' : kind === 'example' ? 'text' : 'enum',
    boost: required ? 2 : kind === 'example' ? -2 : 0,
    ...(description === undefined ? {} : { info: description }),
  };
}

/** What the schema allows where the cursor stands, and the names of jobs where one is asked for. */
export function completions(schema: Schema) {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    if (isProse(state, pos)) {
      return null;
    }
    const { path, kind, word, from, start } = spotOf(state, pos);
    if (word === '' && !explicit && kind === 'key') {
      return null;
    }
    const choices = kind === 'key' ? keysAt(schema, path) : valuesAt(schema, path);
    const inList = [...path].reverse().find((step) => typeof step === 'string');
    const jobs =
      kind === 'value' || typeof path.at(-1) === 'symbol' ? (NAMES_JOBS.has(inList) ? jobsOf(state) : []) : [];
    const options = [...choices, ...jobs].map((choice) => offered(choice, /^['"]/.test(word)));
    return options.length === 0 ? null : { from: start + from, options, validFor: /^[\w.@-]*$/ };
  };
}

/** What the schema says about the key under the pointer. */
export function hover(schema: Schema) {
  return ({ state }: EditorView, at: number): Tooltip | null => {
    const line = state.doc.lineAt(at);
    const word = /^[\w.-]*/.exec(line.text.slice(startOfWord(line.text, at - line.from)));
    if (word === null || word[0] === '' || isProse(state, at)) {
      return null;
    }
    const from = line.from + startOfWord(line.text, at - line.from);
    const to = from + word[0].length;
    const spot = spotOf(state, to);
    const path = spot.kind === 'key' ? [...spot.path, word[0]] : spot.path;
    const found = explained(schema, path);
    if (found === undefined) {
      return null;
    }
    return {
      pos: from,
      end: to,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-explained';
        const say = (text: string, className: string) => {
          const part = document.createElement('div');
          part.className = className;
          part.textContent = text;
          dom.append(part);
        };
        say(found.description, 'cm-description');
        if (found.values.length > 0) say(found.values.join(' · '), 'cm-values');
        else if (found.types.length > 0) say(found.types.join(', '), 'cm-values');
        if (found.fallback !== undefined) say(`= ${JSON.stringify(found.fallback)}`, 'cm-values');
        return { dom };
      },
    };
  };
}

function startOfWord(text: string, column: number): number {
  return column - (/[\w.-]*$/.exec(text.slice(0, column))?.[0].length ?? 0);
}
