import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import classes from './Code.module.css';
import { LOOK, shadowOf } from './look';

interface Props {
  label: string;
  before: string;
  after: string;
}

/** What one text has that another has not, in one column; what both have is folded. */
export function Diff({ label, before, after }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = shadowOf(host.current as HTMLDivElement);
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: after,
        extensions: [
          lineNumbers(),
          LOOK,
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
          unifiedMergeView({
            original: before,
            mergeControls: false,
            collapseUnchanged: { margin: 3, minSize: 6 },
            syntaxHighlightDeletions: false,
          }),
        ],
      }),
    });
    view.requestMeasure();
    return () => view.destroy();
  }, [label, before, after]);
  return <div ref={host} className={classes.host} />;
}
