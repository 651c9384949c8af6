import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './Card.module.css';

interface Props {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}

/** A part of a page, with a heading of its own. */
export function Card({ title, aside, children, flush = false }: Props) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <header className={classes.head}>
          <h2 id={id}>{title}</h2>
          {aside}
        </header>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
