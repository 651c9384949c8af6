import { Alert, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client';

/** What went wrong, in the server's own words. */
export function ProblemNote({ error }: { error: Error }) {
  const { t } = useTranslation();
  if (!(error instanceof Refusal)) {
    return (
      <Alert color="gray" variant="light" role="status">
        {t('problem.gone')}
      </Alert>
    );
  }
  return (
    <Alert color="red" variant="light" title={t('problem.title')} role="alert">
      {error.message}
      {error.details.length > 0 && (
        <List size="sm" mt="xs">
          {error.details.map((detail) => (
            <List.Item key={detail}>{detail}</List.Item>
          ))}
        </List>
      )}
      {error.code !== '' && (
        <div className="small dim">{t('problem.code', { code: error.code, status: error.status })}</div>
      )}
    </Alert>
  );
}
