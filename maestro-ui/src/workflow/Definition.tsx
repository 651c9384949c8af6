import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { yamlQuery } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import classes from './Workflow.module.css';

/** A version as YAML. */
export function Definition({ workflowId, version }: { workflowId: string; version: number }) {
  const { t } = useTranslation();
  const yaml = useQuery(yamlQuery(workflowId, String(version)));
  const title = t('workflow.showYaml', { version });
  return (
    <Card title={title} flush>
      <Loaded query={yaml} height={240}>
        {(lines) => (
          <pre className={classes.yaml} tabIndex={0}>
            {String(lines)}
          </pre>
        )}
      </Loaded>
    </Card>
  );
}
