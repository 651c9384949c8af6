import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { part } from '../app/part';
import { Card } from '../app/Card';
import { definitionQuery } from '../api/queries';
import { planOf } from '../editor/plan';
import { Loaded } from '../problem/Loaded';

// Drawn on demand: it weighs more than the rest of the page.
const BoxGraph = lazy(() => part(() => import('../graph/BoxGraph')).then((module) => ({ default: module.BoxGraph })));

/** More would be drawn too small to be read; runs show them in parts. */
const DRAWN = 60;
const HEIGHT = 240;

/** What a version does: its steps as a graph. */
export function Plan({ workflowId, version }: { workflowId: string; version: number }) {
  const { t } = useTranslation();
  const definition = useQuery(definitionQuery(workflowId, String(version)));
  return (
    <Card title={t('workflow.plan', { version })} flush>
      <Loaded query={definition} height={HEIGHT}>
        {({ workflow }) =>
          workflow.steps.length > DRAWN ? (
            <p className="none">{t('editor.jobs', { count: workflow.steps.length })}</p>
          ) : (
            <Suspense fallback={<Skeleton height={HEIGHT} />}>
              <BoxGraph
                label={t('editor.previewLabel')}
                boxes={planOf(workflow, {
                  inside: (count) => t('editor.jobs', { count }),
                  handler: (kind) => t(`handlers.${kind}`),
                })}
              />
            </Suspense>
          )
        }
      </Loaded>
    </Card>
  );
}
