import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { definitionQuery, yamlQuery } from '../api/queries';
import { Card } from '../app/Card';
import { handlersOf, typeOf, idOf } from '../run/handlers';
import classes from './Workflow.module.css';

/** As the YAML form has them, which is here anyway. */
const HAS_HANDLERS = /^ {2}on_(failure|success|end):/m;

/** What a version wants done after its runs. Nothing where there is nothing. */
export function AfterRuns({ workflowId, version }: { workflowId: string; version: number }) {
  const { t } = useTranslation();
  const yaml = useQuery(yamlQuery(workflowId, String(version)));
  const definition = useQuery({
    ...definitionQuery(workflowId, String(version)),
    enabled: HAS_HANDLERS.test(String(yaml.data ?? '')),
  });
  const handlers = handlersOf(definition.data?.workflow);
  if (handlers.length === 0) {
    return null;
  }
  return (
    <Card title={t('handlers.title')} flush>
      <ul className={classes.after}>
        {handlers.map(([kind, steps]) => (
          <li key={kind}>
            <span>{t(`handlers.${kind}`)}</span>
            <ol>
              {steps.map((step) => (
                <li key={idOf(step)}>
                  {idOf(step)} <span className="dim">{typeOf(step)}</span>
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </Card>
  );
}
