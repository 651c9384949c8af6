import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Schemas } from '../api/client';
import { completions, hover } from './assist';
import classes from './Code.module.css';
import { LOOK, shadowOf } from './look';
import type { Schema } from './schema';

type Problem = Schemas['TextProblem'];

interface Props {
  label: string;
  /** What it begins with; whoever wants another text mounts another editor. */
  text: string;
  schema: Schema | undefined;
  problems: readonly Problem[];
  /** A place to go to; each object anew. */
  goTo: { line: number; column: number } | undefined;
  onChange: (text: string) => void;
  onPush: () => void;
}

function offsetOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(at.from + column - 1, at.to);
}

function diagnosticOf(doc: Text, problem: Problem): Diagnostic {
  const from = offsetOf(doc, problem.line, problem.column);
  const suggestion = problem.suggestion == null ? '' : `\n${problem.suggestion}`;
  return {
    from,
    to: Math.max(from, offsetOf(doc, problem.end_line, problem.end_column)),
    severity: problem.severity === 'warning' ? 'warning' : 'error',
    message: `${problem.message}${suggestion}`,
    source: problem.code,
  };
}

/** Where YAML is written. The text is its writer's alone: nothing but typing changes it. */
export function YamlEditor({ label, text, schema, problems, goTo, onChange, onPush }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const assistance = useRef(new Compartment());
  const calls = useRef({ onChange, onPush });
  calls.current = { onChange, onPush };

  useEffect(() => {
    const root = shadowOf(host.current as HTMLDivElement);
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          keymap.of([{ key: 'Mod-Enter', run: () => (calls.current.onPush(), true) }]),
          lineNumbers(),
          highlightActiveLineGutter(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          lintGutter(),
          assistance.current.of([]),
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...completionKeymap,
            ...lintKeymap,
            indentWithTab,
          ]),
          LOOK,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              calls.current.onChange(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = editor;
    // Keys that are text here mean something on the page around.
    const keep = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    };
    const outside = host.current as HTMLDivElement;
    outside.addEventListener('keydown', keep);
    return () => {
      outside.removeEventListener('keydown', keep);
      editor.destroy();
      view.current = null;
    };
  }, [label, text]);

  useEffect(() => {
    view.current?.dispatch({
      effects: assistance.current.reconfigure(
        schema === undefined
          ? []
          : [autocompletion({ override: [completions(schema)] }), hoverTooltip(hover(schema), { hoverTime: 250 })],
      ),
    });
  }, [schema, label, text]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null) {
      const { doc } = editor.state;
      editor.dispatch(
        setDiagnostics(
          editor.state,
          problems.map((problem) => diagnosticOf(doc, problem)),
        ),
      );
    }
  }, [problems, label, text]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null && goTo !== undefined) {
      const anchor = offsetOf(editor.state.doc, goTo.line, goTo.column);
      editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      editor.focus();
    }
  }, [goTo]);

  return <div ref={host} className={classes.host} />;
}
