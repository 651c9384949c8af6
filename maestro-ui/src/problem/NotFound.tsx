import { Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <Title order={1}>{t('problem.notFound')}</Title>
      <Text my="md">{t('problem.notFoundHelp')}</Text>
      <Link to="/">{t('problem.toHome')}</Link>
    </>
  );
}
