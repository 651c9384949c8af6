import { Tabs, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OPERATIONS } from '../app/router';
import { Card } from '../app/Card';
import { Facts } from '../app/Facts';
import { deadLettersQuery, engineDeadLettersQuery, infoQuery, parkedQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { LOCAL_ZONE } from '../time/zone';
import { DeadLetters } from './DeadLetters';
import { Notifications } from './Notifications';
import classes from './Operations.module.css';
import { Permits } from './Permits';

const route = getRouteApi('/operations');

/** What whoever runs Maestro looks after: limits, what could not be handled, what this server is. */
export function OperationsPage() {
  const { t } = useTranslation();
  const { tab = 'permits' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <Title order={1} mb="md">
        {t('operations.title')}
      </Title>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(chosen) =>
          void navigate({ search: { tab: OPERATIONS.find((known) => known === chosen) }, replace: true })
        }
      >
        <Tabs.List mb="md">
          {OPERATIONS.map((known) => (
            <Tabs.Tab key={known} value={known}>
              {t(`operations.${known}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="permits">
          <Permits />
        </Tabs.Panel>
        <Tabs.Panel value="letters">
          <AllDeadLetters />
        </Tabs.Panel>
        <Tabs.Panel value="notifications">
          <Notifications />
        </Tabs.Panel>
        <Tabs.Panel value="server">
          <ServerInfo />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function AllDeadLetters() {
  const { t } = useTranslation();
  const signals = useQuery(deadLettersQuery());
  const engine = useQuery(engineDeadLettersQuery());
  const parked = useQuery(parkedQuery());
  return (
    <div className={classes.page}>
      <DeadLetters place="signals" title={t('operations.lettersOfSignals')} letters={signals} />
      <DeadLetters place="engine" title={t('operations.lettersOfEngine')} letters={engine} />
      <DeadLetters place="parked" title={t('operations.lettersOfScheduler')} letters={parked} />
    </div>
  );
}

function ServerInfo() {
  const { t } = useTranslation();
  const info = useQuery(infoQuery);
  return (
    <Card title={t('operations.server')}>
      <Loaded query={info}>
        {(data) => (
          <Facts
            facts={[
              [t('operations.version'), data.version],
              [t('operations.java'), data.java],
              [t('operations.rules'), data.zone_rules.version],
              [t('operations.rulesFrom'), data.zone_rules.place],
              [t('operations.localZone'), LOCAL_ZONE],
              [
                t('operations.api'),
                <a key="api" href="/api/v3/openapi.json">
                  /api/v3/openapi.json
                </a>,
              ],
              [
                t('operations.schema'),
                <a key="schema" href="/api/v3/schema/workflow-yaml.json">
                  /api/v3/schema/workflow-yaml.json
                </a>,
              ],
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
