import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failedNotificationsQuery } from '../api/queries';
import { Card } from '../app/Card';
import { NotificationTable } from '../notification/NotificationTable';
import { Loaded } from '../problem/Loaded';
import classes from './Operations.module.css';

/** What was to be told to somebody and nobody took, of all workflows. */
export function Notifications() {
  const { t } = useTranslation();
  const [cursor, setCursor] = useState<string>();
  const failed = useQuery(failedNotificationsQuery(cursor));
  return (
    <Card title={t('notifications.failed')} flush>
      <Loaded query={failed} height={120}>
        {({ elements, page_info: page }) => (
          <>
            {elements.length === 0 ? (
              <p className="none">{t('notifications.noneFailed')}</p>
            ) : (
              <NotificationTable notifications={elements} refreshes={['notifications']} withRun />
            )}
            {(cursor !== undefined || page.has_next_page) && (
              <div className={classes.more}>
                {cursor !== undefined && (
                  <Button size="xs" variant="default" onClick={() => setCursor(undefined)}>
                    {t('app.newest')}
                  </Button>
                )}
                {page.has_next_page && (
                  <Button size="xs" variant="default" onClick={() => setCursor(page.end_cursor ?? undefined)}>
                    {t('app.more')}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
