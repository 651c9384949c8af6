import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import { Background, Controls, type Edge, type Node, ReactFlow, type ReactFlowProps } from '@xyflow/react';
import type { CSSProperties, ReactNode } from 'react';

/** Room for what is around a drawing. */
const MARGIN = 110;

interface Props<N extends Node> extends Omit<ReactFlowProps<N, Edge>, 'className' | 'style'> {
  label: string;
  className: string | undefined;
  /** How high all of it is. */
  drawn: number;
  /** It is looked at in parts, never as a whole. */
  isLarge?: boolean;
  children?: ReactNode;
}

const LEAST_ZOOM = 0.05;
const LEAST_ZOOM_OF_PARTS = 0.6;

/** What all drawings have in common: they are looked at, never edited. */
export function Drawing<N extends Node>({ label, className, drawn, isLarge = false, children, ...flow }: Props<N>) {
  const scheme = useComputedColorScheme('light');
  return (
    <div
      className={className}
      style={{ '--drawn': `${drawn + MARGIN}px` } as CSSProperties}
      role="region"
      aria-label={label}
    >
      <ReactFlow<N, Edge>
        {...flow}
        colorMode={scheme}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        minZoom={isLarge ? LEAST_ZOOM_OF_PARTS : LEAST_ZOOM}
        maxZoom={1.5}
        fitView={!isLarge}
        fitViewOptions={{ maxZoom: 1, padding: 0.12 }}
        onlyRenderVisibleElements
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
        {children}
      </ReactFlow>
    </div>
  );
}
