import type { Schemas } from '../api/client';

export const KINDS = ['days', 'hours', 'cron', 'listed'] as const;

/** What the form asks for, as it is typed. */
export interface Asked {
  kind: (typeof KINDS)[number];
  from: string;
  to: string;
  step: number;
  cron: string;
  values: string;
  zone: string;
  param: string;
  order: string;
  concurrency: number;
  skip: string;
  maxFailures: string;
}

export const FIRST: Asked = {
  kind: 'days',
  from: '',
  to: '',
  step: 1,
  cron: '',
  values: '',
  zone: '',
  param: '',
  order: 'oldest_first',
  concurrency: 1,
  skip: 'none',
  maxFailures: '',
};

/** A field for a day takes no time of day, and the other one wants it. */
export function timesFor(kind: Asked['kind'], { from, to }: Asked): Pick<Asked, 'from' | 'to'> {
  const fit = (text: string, hour: string) =>
    text === '' ? '' : kind === 'days' ? text.slice(0, 10) : text.includes('T') ? text : `${text}T${hour}`;
  return { from: fit(from, '00:00'), to: fit(to, '23:00') };
}

function rangeOf(asked: Asked): Partial<Schemas['BackfillBody']> {
  const { from, to, step, cron } = asked;
  switch (asked.kind) {
    case 'days':
      return { days: { from, to, step } };
    case 'hours':
      return { hours: { from, to, step } };
    case 'cron':
      return { cron: { expression: cron, from, to } };
    case 'listed':
      return { values: asked.values.split('\n').filter((value) => value !== '') };
  }
}

/** What is asked of the server; what was left empty is left out. */
export function bodyOf(asked: Asked): Schemas['BackfillBody'] {
  return {
    ...rangeOf(asked),
    ...(asked.zone === '' ? {} : { zone: asked.zone }),
    ...(asked.param === '' ? {} : { param: asked.param }),
    ...(asked.maxFailures === '' ? {} : { max_failures: asked.maxFailures }),
    order: asked.order,
    concurrency: asked.concurrency,
    skip: asked.skip,
  };
}
