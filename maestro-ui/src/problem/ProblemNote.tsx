import { Alert, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client';

/** What a message says before it says the same as its details. */
function withoutDetails({ message, details }: Refusal): string {
  const at = details[0] === undefined ? -1 : message.indexOf(details[0]);
  return at < 0 ? message : message.slice(0, at);
}

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
      {withoutDetails(error)}
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
