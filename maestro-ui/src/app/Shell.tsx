import { ActionIcon, Kbd, SegmentedControl, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { infoQuery } from '../api/queries';
import { Live } from '../live/Live';
import { useZone, type Zone } from '../time/zone';
import { Icon } from './Icon';
import { KeyboardSheet } from './KeyboardSheet';
import { openPalette, Palette } from './Palette';
import classes from './Shell.module.css';
import { TokenGate } from './TokenGate';

const PAGES = [
  { to: '/', label: 'app.home', icon: 'home' },
  { to: '/runs', label: 'app.runs', icon: 'runs' },
  { to: '/workflows', label: 'app.workflows', icon: 'workflows' },
  { to: '/signals', label: 'app.signals', icon: 'signal' },
  { to: '/templates', label: 'app.templates', icon: 'template' },
  { to: '/operations', label: 'app.operations', icon: 'gauge' },
] as const;

/** What is around every page. */
export function Shell() {
  const { t } = useTranslation();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <Link to="/" className={classes.brand}>
          <img src="/favicon.svg" alt="" width={26} height={26} />
          {t('app.name')}
        </Link>
        <button type="button" className={classes.search} onClick={openPalette}>
          <Icon name="search" />
          <span>{t('app.search')}</span>
          <Kbd size="xs">Ctrl K</Kbd>
        </button>
        <ZoneSwitch />
        <SchemeSwitch />
      </header>
      <nav className={classes.nav} aria-label={t('app.navigation')}>
        {PAGES.map(({ to, label, icon }) => (
          <Link key={to} to={to} className={classes.page} activeOptions={{ exact: to === '/' }}>
            <Icon name={icon} />
            {t(label)}
          </Link>
        ))}
        <Build />
      </nav>
      <main className={classes.main} id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <Palette />
      <KeyboardSheet />
      <TokenGate />
      <Live />
    </div>
  );
}

function ZoneSwitch() {
  const { t } = useTranslation();
  const { zone, setZone } = useZone();
  return (
    <SegmentedControl
      aria-label={t('app.zone')}
      size="xs"
      value={zone}
      onChange={(chosen) => setZone(chosen as Zone)}
      data={[
        { value: 'utc', label: t('app.utc') },
        { value: 'local', label: t('app.local') },
      ]}
    />
  );
}

function SchemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  const label = t('app.theme', { theme: t(`app.${other}`) });
  return (
    <ActionIcon variant="default" size="lg" aria-label={label} title={label} onClick={() => setColorScheme(other)}>
      <Icon name={other === 'dark' ? 'moon' : 'sun'} />
    </ActionIcon>
  );
}

function Build() {
  const { t } = useTranslation();
  const { data } = useQuery(infoQuery);
  return (
    <footer className={classes.build}>
      {data && t('app.version', { version: data.version, rules: data.zone_rules.version })}
    </footer>
  );
}
