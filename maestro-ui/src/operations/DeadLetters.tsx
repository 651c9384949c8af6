import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { useAct } from '../app/useAct';
import { actOnDeadLetter, type DeadLetterAction, type DeadLetterPlace } from '../api/actions';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { Time } from '../time/Time';
import classes from './Operations.module.css';

interface Letter {
  id: string;
  topic: string;
  key: string;
  reason: string;
  body: string;
  create_time: number;
}

interface Props {
  place: DeadLetterPlace;
  title: string;
  letters: UseQueryResult<{ elements: readonly Letter[] }>;
}

/** What a part of Maestro could not handle; it is tried again or thrown away by hand. */
export function DeadLetters({ place, title, letters }: Props) {
  const { t } = useTranslation();
  return (
    <Card title={title} flush>
      <Loaded query={letters} height={60}>
        {({ elements }) =>
          elements.length === 0 ? (
            <p className="none">{t('operations.noLetters')}</p>
          ) : (
            elements.map((letter) => <DeadLetter key={letter.id} place={place} letter={letter} />)
          )
        }
      </Loaded>
    </Card>
  );
}

function DeadLetter({ place, letter }: { place: DeadLetterPlace; letter: Letter }) {
  const { t } = useTranslation();
  const act = useAct((action: DeadLetterAction) => actOnDeadLetter(place, letter.id, action), ['dead letters']);
  return (
    <div className={classes.letter}>
      <div className={classes.line}>
        <code>{letter.topic}</code>
        <span className="dim">{letter.key}</span>
        <span className="dim">
          <Time at={letter.create_time} />
        </span>
        <Button.Group>
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('replay')}>
            {t('operations.replay')}
          </Button>
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('discard')}>
            {t('operations.discard')}
          </Button>
        </Button.Group>
      </div>
      <div>{letter.reason}</div>
      <pre tabIndex={0}>{letter.body}</pre>
      {act.error !== null && <ProblemNote error={act.error} />}
    </div>
  );
}
