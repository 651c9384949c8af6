import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { StatusShape } from '../status/StatusMark';
import classes from './Loop.module.css';

interface Props {
  groups: readonly Schemas['FailureGroup'][];
  live: boolean;
  onShow: (signature: string) => void;
  onRestart: (signature: string) => void;
}

/** Whether the failures are one problem or twenty: grouped by what they say, without numbers and ids. */
export function FailureGroups({ groups, live, onShow, onRestart }: Props) {
  const { t } = useTranslation();
  if (groups.length === 0) {
    return null;
  }
  return (
    <Card title={t('loop.failures')}>
      <ul className={classes.groups}>
        {groups.map(({ signature, count }) => (
          <li key={signature}>
            <StatusShape tone="failed" />
            <span className={classes.groupCount}>{t('loop.group', { count, shown: count.toLocaleString() })}</span>
            <pre>{signature}</pre>
            <Button size="xs" variant="default" onClick={() => onShow(signature)}>
              {t('loop.showGroup')}
            </Button>
            {live && (
              <Button size="xs" variant="default" onClick={() => onRestart(signature)}>
                {t('loop.restartGroup')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
