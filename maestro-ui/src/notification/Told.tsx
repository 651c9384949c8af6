import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RunKey } from '../api/queries';
import { toldQuery } from '../api/queries';
import { Card } from '../app/Card';
import { NotificationTable } from './NotificationTable';

/** Whom a run has told or is to tell, and who is not told and why. Nothing where nobody asks for it. */
export function Told({ at, live }: { at: RunKey; live: boolean }) {
  const { t } = useTranslation();
  const { data } = useQuery(toldQuery(at, live));
  if (data === undefined || (data.notifications.length === 0 && data.untold.length === 0)) {
    return null;
  }
  return (
    <Card title={t('notifications.told')} flush>
      {data.notifications.length > 0 && (
        <NotificationTable notifications={data.notifications} refreshes={['instances', at.workflowId, at.instance]} />
      )}
      {data.untold.map((why) => (
        <p key={why} className="none">
          {why}
        </p>
      ))}
    </Card>
  );
}
