import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { ITERATION_STATUSES, toneOf } from '../status/status';
import classes from './Loop.module.css';
import { StripTable } from './StripTable';

type LoopStrip = Schemas['LoopStrip'];
type Bucket = Schemas['LoopStripBucket'];

const HEIGHT = 56;
const PAGE = 16;

interface Props {
  strip: LoopStrip;
  /** The iteration that is looked at. */
  at: number | undefined;
  onSeek: (from: number) => void;
}

/** The whole loop in one line of cells; a cell shows the shares of the statuses of its iterations. */
export function Strip({ strip, at, onSeek }: Props) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const [pointed, setPointed] = useState<number>();
  const { buckets } = strip;
  const chosen = at === undefined ? 0 : indexOf(buckets, at);
  const shown = pointed ?? chosen;

  useEffect(() => {
    if (canvas.current && width > 0) {
      paint(canvas.current, width, buckets, shown);
    }
  }, [buckets, shown, width, scheme]);

  const text = (bucket: Bucket) =>
    t('loop.stripText', {
      from: bucket.from.toLocaleString(),
      to: (bucket.to - 1).toLocaleString(),
      counts: ITERATION_STATUSES.filter((status) => bucket.counts[status])
        .map((status) => `${t(`status.${status}`)} ${bucket.counts[status]?.toLocaleString()}`)
        .join(', '),
    });
  const under = (event: PointerEvent<HTMLCanvasElement>) =>
    clamp(Math.floor((event.nativeEvent.offsetX / width) * buckets.length), buckets.length);
  const seek = (index: number) => {
    const bucket = buckets[index];
    if (bucket) {
      onSeek(bucket.from);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setPointed(clamp(shown + step, buckets.length));
    } else if (event.key === 'Enter') {
      seek(shown);
    }
  };
  const bucket = buckets[shown];
  return (
    <>
      <canvas
        ref={canvas}
        className={classes.strip}
        height={HEIGHT}
        role="slider"
        tabIndex={0}
        aria-label={t('loop.stripLabel')}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, strip.total - 1)}
        aria-valuenow={bucket?.from ?? 0}
        aria-valuetext={bucket && text(bucket)}
        onPointerMove={(event) => setPointed(under(event))}
        onPointerLeave={() => setPointed(undefined)}
        onBlur={() => setPointed(undefined)}
        onClick={() => seek(shown)}
        onKeyDown={onKey}
      />
      <div className={classes.under}>
        <span>{bucket && text(bucket)}</span>
        <span className="dim">{t('loop.stripHelp')}</span>
      </div>
      <StripTable strip={strip} />
    </>
  );
}

const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: -Infinity,
  End: Infinity,
};

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}

function indexOf(buckets: readonly Bucket[], iteration: number): number {
  return Math.max(
    0,
    buckets.findIndex(({ from, to }) => iteration >= from && iteration < to),
  );
}

/** Colours come from the page's tokens, so the strip follows its scheme. */
function paint(canvas: HTMLCanvasElement, width: number, buckets: readonly Bucket[], shown: number) {
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = HEIGHT * scale;
  const context = canvas.getContext('2d');
  if (context === null) {
    return;
  }
  const style = getComputedStyle(canvas);
  const colours = new Map(
    ITERATION_STATUSES.map((status) => [
      status,
      style.getPropertyValue(status === 'QUEUED' ? '--line' : `--${toneOf(status)}`),
    ]),
  );
  context.scale(scale, scale);
  const cell = width / buckets.length;
  const gap = cell > 5 ? 1 : 0;
  // On whole pixels, or neighbours of one colour would show a seam.
  const left = (index: number) => Math.round(index * cell * scale) / scale;
  buckets.forEach((bucket, index) => {
    const size = bucket.to - bucket.from;
    let top = 0;
    for (const status of ITERATION_STATUSES) {
      const count = bucket.counts[status] ?? 0;
      if (count > 0) {
        // One failure among thousands is still seen.
        const height = Math.max(toneOf(status) === 'failed' ? 6 : 0, (HEIGHT * count) / size);
        context.fillStyle = colours.get(status) ?? '';
        context.fillRect(left(index), top, left(index + 1) - left(index) - gap, Math.min(height, HEIGHT - top));
        top += height;
      }
    }
  });
  context.strokeStyle = style.getPropertyValue('--text');
  context.lineWidth = 2;
  context.strokeRect(shown * cell, 1, Math.max(cell, 3), HEIGHT - 2);
}

function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (element.current === null) {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
