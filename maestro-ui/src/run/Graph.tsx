import { Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  type Edge,
  Handle,
  MiniMap,
  type Node,
  type NodeProps,
  Panel,
  Position,
  type ReactFlowInstance,
} from '@xyflow/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/Icon';
import { Drawing } from '../graph/Drawing';
import { StatusShape } from '../status/StatusMark';
import { toneOf } from '../status/status';
import { Span } from '../time/Time';
import classes from './Graph.module.css';
import { layOut, NODE_HEIGHT, NODE_WIDTH, type Layout } from './layout';
import { Overview } from './Overview';
import { barOf, progressOf, type RunStep } from './steps';

const MAP_FROM = 30;

/** From so many steps on a graph is looked at in parts: all of its cards at once would be too many. */
const LARGE = 150;
const LARGE_ZOOM = 0.75;

interface Props {
  steps: readonly RunStep[];
  live: boolean;
  selected: string | undefined;
  onSelect: (stepId: string) => void;
}

/** The steps of a run as a graph that lives: places are computed once, states come as they change. */
export function Graph({ steps, live, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const [flow, setFlow] = useState<ReactFlowInstance<StepNode>>();
  const isLarge = steps.length >= LARGE;
  const shape = steps.map(({ id, successors }) => ({ id, successors }));
  const { data: layout } = useQuery({
    queryKey: ['layout', shape],
    queryFn: () => layOut(shape),
    staleTime: Infinity,
  });
  if (layout === undefined) {
    return <Skeleton height={360} aria-label={t('run.laying', { count: steps.length })} role="status" />;
  }
  const goTo = (target: ReactFlowInstance<StepNode> | undefined, id: string | undefined, zoom = target?.getZoom()) => {
    const place = id === undefined ? undefined : layout.positions.get(id);
    if (place) {
      void target?.setCenter(place.x + NODE_WIDTH / 2, place.y + NODE_HEIGHT / 2, { zoom });
    }
  };
  return (
    <Drawing<StepNode>
      label={t('run.graphLabel')}
      className={classes.graph}
      drawn={layout.height}
      isLarge={isLarge}
      nodes={nodesOf(steps, layout, live, selected, isLarge)}
      edges={edgesOf(steps)}
      nodeTypes={NODE_TYPES}
      onNodeClick={(_, node) => onSelect(node.id)}
      onSelectionChange={({ nodes: [node] }) => node && node.id !== selected && onSelect(node.id)}
      onInit={(instance) => {
        setFlow(instance);
        if (isLarge) {
          goTo(instance, selected ?? firstToSee(steps), LARGE_ZOOM);
        }
      }}
    >
      {steps.length >= MAP_FROM && !isLarge && <MiniMap pannable zoomable />}
      {isLarge && (
        <>
          <Overview steps={steps} layout={layout} />
          <Panel position="top-right">
            <Select
              size="xs"
              searchable
              limit={20}
              aria-label={t('run.goToStep')}
              placeholder={t('run.goToStep')}
              data={steps.map(({ id }) => id)}
              value={null}
              onChange={(id) => {
                if (id !== null) {
                  onSelect(id);
                  goTo(flow, id);
                }
              }}
            />
          </Panel>
        </>
      )}
    </Drawing>
  );
}

/** Where a graph that is too large to be seen whole is looked at first. */
function firstToSee(steps: readonly RunStep[]): string | undefined {
  const first = ['failed', 'running', 'waiting'].flatMap((tone) =>
    steps.filter(({ status }) => toneOf(status) === tone),
  );
  return (first[0] ?? steps[0])?.id;
}

type StepNode = Node<{ step: RunStep; live: boolean }, 'step'>;

const NODE_TYPES = { step: StepCard };

function nodesOf(
  steps: readonly RunStep[],
  { positions }: Layout,
  live: boolean,
  selected: string | undefined,
  isLarge: boolean,
): StepNode[] {
  return steps.map((step) => ({
    id: step.id,
    type: 'step',
    position: positions.get(step.id) ?? { x: 0, y: 0 },
    width: NODE_WIDTH,
    height: NODE_HEIGHT,
    selected: step.id === selected,
    ariaLabel: step.id,
    data: { step, live },
    ...(isLarge && KNOWN),
  }));
}

/**
 * What would be found out by drawing each card once, and again with each change: cards that aren't seen are never drawn
 * if it is known. Where all is made to fit, that waits for it to be found out.
 */
const KNOWN = {
  measured: { width: NODE_WIDTH, height: NODE_HEIGHT },
  handles: [
    { type: 'target' as const, position: Position.Left, x: 0, y: NODE_HEIGHT / 2, width: 1, height: 1 },
    { type: 'source' as const, position: Position.Right, x: NODE_WIDTH, y: NODE_HEIGHT / 2, width: 1, height: 1 },
  ],
};

function edgesOf(steps: readonly RunStep[]): Edge[] {
  const tones = new Map(steps.map((step) => [step.id, toneOf(step.status)]));
  return steps.flatMap(({ id, successors }) =>
    successors.map((next) => ({
      id: `${id} ${next}`,
      source: id,
      target: next,
      animated: tones.get(next) === 'running',
      className: tones.get(next) === 'idle' || tones.get(next) === 'passed' ? classes.unused : undefined,
    })),
  );
}

function StepCard({ data: { step, live }, selected }: NodeProps<StepNode>) {
  const { t } = useTranslation();
  const bar = step.attempt && barOf(step.attempt);
  return (
    <div className={classes.card} data-tone={toneOf(step.status)} data-selected={selected || undefined}>
      <Handle type="target" position={Position.Left} className={classes.handle} />
      <div className={classes.line}>
        <StatusShape tone={toneOf(step.status)} />
        <span className={classes.name}>{step.id}</span>
        {step.isLoop && <Icon name="loop" />}
      </div>
      <div className={classes.line}>
        <span className={classes.state}>{t(`status.${step.status}`)}</span>
        <span className={classes.took}>
          <Progress step={step} />
          {bar && <Span from={bar.started ?? bar.created} to={bar.ended} live={live} />}
        </span>
      </div>
      <Handle type="source" position={Position.Right} className={classes.handle} />
    </div>
  );
}

function Progress({ step }: { step: RunStep }) {
  const { t } = useTranslation();
  const progress = progressOf(step.attempt);
  return progress === undefined ? (
    <span>{step.type}</span>
  ) : (
    <span>
      {t('run.iterationsOf', { done: progress.ended.toLocaleString(), total: progress.total.toLocaleString() })}
    </span>
  );
}
