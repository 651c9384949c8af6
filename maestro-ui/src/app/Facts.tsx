import type { ReactNode } from 'react';
import classes from './Facts.module.css';

interface Props {
  facts: readonly (readonly [label: string, value: ReactNode])[];
}

/** Names and values side by side, as many as fit in a row. */
export function Facts({ facts }: Props) {
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
