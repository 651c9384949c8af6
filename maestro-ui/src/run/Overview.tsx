import { useComputedColorScheme } from '@mantine/core';
import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useEffect, useRef } from 'react';
import { toneOf } from '../status/status';
import classes from './Graph.module.css';
import { type Layout, NODE_HEIGHT, NODE_WIDTH } from './layout';
import type { RunStep } from './steps';

const WIDTH = 240;
const HEIGHT = 140;

interface Props {
  steps: readonly RunStep[];
  layout: Layout;
}

/** The whole of a large graph, as an element however many steps it has; a click goes there. */
export function Overview({ steps, layout }: Props) {
  const scheme = useComputedColorScheme('light');
  const canvas = useRef<HTMLCanvasElement>(null);
  const flow = useReactFlow();
  const [x, y, zoom] = useStore(({ transform }) => transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const scale = Math.min(WIDTH / layout.width, HEIGHT / layout.height);

  useEffect(() => {
    if (canvas.current) {
      paint(canvas.current, scale, steps, layout, [-x / zoom, -y / zoom, width / zoom, height / zoom]);
    }
  }, [steps, layout, scale, scheme, x, y, zoom, width, height]);

  const go = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) =>
    void flow.setCenter(offsetX / scale, offsetY / scale, { zoom });
  return (
    <Panel position="bottom-right">
      <canvas
        ref={canvas}
        className={classes.overview}
        aria-hidden
        onPointerDown={go}
        onPointerMove={(event) => event.buttons === 1 && go(event)}
      />
    </Panel>
  );
}

type Rectangle = [x: number, y: number, width: number, height: number];

function paint(
  canvas: HTMLCanvasElement,
  scale: number,
  steps: readonly RunStep[],
  { positions }: Layout,
  seen: Rectangle,
) {
  canvas.width = WIDTH * devicePixelRatio;
  canvas.height = HEIGHT * devicePixelRatio;
  const context = canvas.getContext('2d');
  if (context === null) {
    return;
  }
  context.scale(devicePixelRatio, devicePixelRatio);
  const style = getComputedStyle(canvas);
  const scaled = (value: number) => value * scale;
  for (const step of steps) {
    const place = positions.get(step.id);
    if (place) {
      context.fillStyle = style.getPropertyValue(`--${toneOf(step.status)}`);
      // At least a pixel each, so that one failure among thousands is seen.
      context.fillRect(
        scaled(place.x),
        scaled(place.y),
        Math.max(1, scaled(NODE_WIDTH)),
        Math.max(1, scaled(NODE_HEIGHT)),
      );
    }
  }
  context.strokeStyle = style.getPropertyValue('--text');
  context.lineWidth = 1.5;
  const [left, top, width, height] = seen.map(scaled) as Rectangle;
  context.strokeRect(left, top, width, height);
}
