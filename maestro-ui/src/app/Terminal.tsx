import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Terminal.module.css';

/** Command lines to copy. */
export function Terminal({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.terminal}>
      <pre>{lines.join('\n')}</pre>
      <CopyButton value={lines.join('\n')}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy}>
            {copied ? t('app.copied') : t('app.copyCommand')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
