import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { yaml } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--text)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--dim)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--dim)' },
  { tag: [tags.keyword, tags.typeName, tags.labelName, tags.attributeValue], color: 'var(--stopped)' },
]);

const FAINT = (tone: string) => `color-mix(in srgb, var(${tone}) 14%, var(--surface))`;

const THEME = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '0.84rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)', padding: '0.6rem 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--dim)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 6%, transparent)' },
  '.cm-activeLineGutter': { color: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 26%, var(--surface))',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: FAINT('--accent') },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--mantine-primary-color-filled)',
    color: '#fff',
  },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '24rem', padding: '0.4rem 0.6rem', fontFamily: 'inherit' },
  '.cm-explained': { maxWidth: '30rem', padding: '0.4rem 0.6rem' },
  '.cm-values': { color: 'var(--dim)', fontFamily: 'var(--mantine-font-family-monospace)' },
  '.cm-diagnostic': { padding: '0.4rem 0.6rem', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--failed)' },
  '.cm-diagnostic-warning': { borderLeft: '4px solid var(--waiting)' },
  // The pictures that the library brings for these are data URLs, which the content security policy forbids.
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px dotted var(--failed)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', borderBottom: '2px dotted var(--waiting)' },
  '.cm-lint-marker-error, .cm-lint-marker-warning': { content: 'normal', width: 'auto' },
  '.cm-lint-marker-error::before': { content: "'✕'", color: 'var(--failed)', fontWeight: 'bold' },
  '.cm-lint-marker-warning::before': { content: "'!'", color: 'var(--waiting)', fontWeight: 'bold' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-textfield': { backgroundColor: 'var(--surface)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--surface)', borderColor: 'var(--line)' },
  '&.cm-merge-b .cm-changedLine, .cm-changedLine, .cm-insertedLine': { backgroundColor: FAINT('--succeeded') },
  '&.cm-merge-b .cm-changedText, .cm-changedText': {
    background: 'color-mix(in srgb, var(--succeeded) 30%, var(--surface))',
  },
  '.cm-deletedChunk': { backgroundColor: FAINT('--failed'), paddingLeft: '6px' },
  '.cm-deletedChunk .cm-deletedText, .cm-deletedText': {
    background: 'color-mix(in srgb, var(--failed) 30%, var(--surface))',
  },
  '.cm-deletedChunk del, .cm-deletedLine': { textDecoration: 'none' },
  '.cm-changedLineGutter, &.cm-merge-b .cm-changedLineGutter': { background: 'var(--succeeded)' },
  '.cm-deletedLineGutter': { background: 'var(--failed)' },
  '.cm-collapsedLines': {
    background: 'var(--raised)',
    color: 'var(--dim)',
    padding: '0.2rem 0.6rem',
  },
  // Few fonts have what the library puts there.
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: "'⋯'" },
});

/** How YAML looks here, in both colour schemes: the tokens of the page reach into a shadow tree. */
export const LOOK: Extension = [yaml(), syntaxHighlighting(HIGHLIGHT), THEME];

/**
 * Where an editor lives. CodeMirror writes its styles into a style element, which the content security policy forbids,
 * except in a shadow tree, which it gives a sheet made by a script.
 */
export function shadowOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: 'open' });
}
