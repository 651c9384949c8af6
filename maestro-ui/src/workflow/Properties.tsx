import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { Facts } from '../app/Facts';
import type { Schemas } from '../api/client';
import { Time } from '../time/Time';

function named(value: unknown): string {
  return typeof value === 'object' && value !== null ? String((value as { name?: string }).name) : String(value);
}

function shown(value: unknown): string {
  return value === undefined || value === null
    ? '–'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}

/** What holds for all versions of a workflow. */
export function Properties({ properties }: { properties: Schemas['PropertiesView'] }) {
  const { t } = useTranslation();
  return (
    <Card title={t('workflow.properties')}>
      <Facts
        facts={[
          [t('workflow.description'), shown(properties.description)],
          [t('workflow.tags'), (properties.tags ?? []).map(named).join(', ') || '–'],
          [t('workflow.access'), shown(properties.access_control)],
          [
            t('workflow.alerting'),
            shown(properties.alerting_disabled === true ? t('workflow.off') : properties.alerting),
          ],
          [t('workflow.clock'), properties.time_trigger_disabled === true ? t('workflow.off') : t('workflow.on')],
          [t('workflow.signals'), properties.signal_trigger_disabled === true ? t('workflow.off') : t('workflow.on')],
          [t('workflow.changedBy'), properties.author],
          [t('workflow.changedAt'), <Time key="at" at={properties.create_time} />],
        ]}
      />
    </Card>
  );
}
