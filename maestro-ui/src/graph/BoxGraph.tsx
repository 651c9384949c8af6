import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Edge, Handle, MarkerType, type Node, type NodeProps, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { type Flow, layOut, type Layout, NODE_HEIGHT, NODE_WIDTH } from '../run/layout';
import type { Tone } from '../status/status';
import classes from './BoxGraph.module.css';
import { Drawing } from './Drawing';

/** Something with a name and a word about it, and what it leads to. */
export interface Box {
  id: string;
  title: string;
  detail: string;
  tone?: Tone;
  /** Whether it is what the drawing is about. */
  isCentre?: boolean;
  successors: readonly string[];
}

interface Props {
  label: string;
  boxes: readonly Box[];
  flow?: Flow;
  onOpen?: (id: string) => void;
}

/** Boxes and arrows, from left to right or downwards. */
export function BoxGraph({ label, boxes, flow = 'RIGHT', onOpen }: Props) {
  const { t } = useTranslation();
  const shape = boxes.map(({ id, successors }) => ({ id, successors }));
  const { data: layout } = useQuery({
    queryKey: ['layout', shape, flow],
    queryFn: () => layOut(shape, flow),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  if (layout === undefined) {
    return <Skeleton height={240} aria-label={t('run.laying', { count: boxes.length })} role="status" />;
  }
  return (
    <Drawing<BoxNode>
      key={[...layout.positions.keys()].join(' ')}
      label={label}
      className={classes.graph}
      drawn={layout.height}
      nodes={nodesOf(boxes, layout, flow, onOpen !== undefined)}
      edges={edgesOf(boxes)}
      nodeTypes={NODE_TYPES}
      onNodeClick={(_, node) => onOpen?.(node.id)}
      nodesFocusable={onOpen !== undefined}
    />
  );
}

type BoxNode = Node<{ box: Box; flow: Flow; opens: boolean }, 'box'>;

const NODE_TYPES = { box: BoxCard };

function nodesOf(boxes: readonly Box[], { positions }: Layout, flow: Flow, opens: boolean): BoxNode[] {
  return boxes.flatMap((box) => {
    const position = positions.get(box.id);
    // Places of a shape before this one, while its own are computed.
    return position === undefined
      ? []
      : [
          {
            id: box.id,
            type: 'box',
            position,
            width: NODE_WIDTH,
            height: NODE_HEIGHT,
            ariaLabel: `${box.title}, ${box.detail}`,
            data: { box, flow, opens },
          },
        ];
  });
}

function edgesOf(boxes: readonly Box[]): Edge[] {
  return boxes.flatMap(({ id, successors }) =>
    successors.map((next) => ({
      id: `${id} ${next}`,
      source: id,
      target: next,
      markerEnd: { type: MarkerType.ArrowClosed },
    })),
  );
}

function BoxCard({ data: { box, flow, opens } }: NodeProps<BoxNode>) {
  return (
    <div
      className={classes.card}
      data-tone={box.tone ?? 'idle'}
      data-centre={box.isCentre || undefined}
      data-opens={opens || undefined}
    >
      <Handle type="target" position={flow === 'DOWN' ? Position.Top : Position.Left} className={classes.handle} />
      <span className={classes.name} title={box.title}>
        {box.title}
      </span>
      <span className={classes.detail}>{box.detail}</span>
      <Handle type="source" position={flow === 'DOWN' ? Position.Bottom : Position.Right} className={classes.handle} />
    </div>
  );
}
