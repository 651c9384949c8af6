import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';

/** Takes this page elsewhere: as its address, or as the same on the command line. */
export function CopyActions({ line }: { line: string }) {
  const { t } = useTranslation();
  return (
    <Button.Group>
      <CopyButton value={location.href}>
        {({ copied, copy }) => (
          <Button variant="default" leftSection={<Icon name="link" />} onClick={copy}>
            {copied ? t('app.copied') : t('app.copyLink')}
          </Button>
        )}
      </CopyButton>
      <CopyButton value={line}>
        {({ copied, copy }) => (
          <Button variant="default" leftSection={<Icon name="terminal" />} onClick={copy} title={line}>
            {copied ? t('app.copied') : t('app.copyCommand')}
          </Button>
        )}
      </CopyButton>
    </Button.Group>
  );
}
