import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { lineageQuery, type Origin } from '../api/queries';
import { Loaded } from '../problem/Loaded';
import { BoxGraph } from './BoxGraph';
import { boxesOf } from './lineage';

/** What something came of, and what came of it, in one drawing. */
export function LineageGraph({ origin }: { origin: Origin }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const after = useQuery(lineageQuery(origin, 'downstream'));
  const before = useQuery(lineageQuery(origin, 'upstream'));
  const detail = (node: Schemas['Lineage']['nodes'][number]) => {
    switch (node.kind) {
      case 'MATCH':
        return t('lineage.match', { state: node.state.toLowerCase().replaceAll('_', ' ') });
      case 'OUTSIDE':
        return t('lineage.outside', { origin: node.origin.toLowerCase() });
      default:
        return t(`lineage.${node.kind}`);
    }
  };
  const open = (node: Schemas['Lineage']['nodes'][number] | undefined) => {
    switch (node?.kind) {
      case 'SIGNAL':
        return void navigate({ to: '/signals', search: { name: node.name, seq: node.seq_id } });
      case 'NAME':
        return void navigate({ to: '/signals', search: { name: node.name } });
      case 'RUN':
        return void navigate({
          to: '/workflows/$workflowId/instances/$instance/runs/$run',
          params: { workflowId: node.workflow_id, instance: String(node.instance_id), run: 'latest' },
        });
      case 'WORKFLOW':
      case 'MATCH':
        return void navigate({ to: '/workflows/$workflowId', params: { workflowId: node.workflow_id } });
      default:
        return undefined;
    }
  };
  return (
    <Loaded query={after} height={200}>
      {(downstream) => (
        <Loaded query={before} height={200}>
          {(upstream) => {
            const { boxes, nodes } = boxesOf([downstream, upstream], origin, detail);
            return (
              <>
                {boxes.length <= 1 ? (
                  <p className="none">{t('lineage.none')}</p>
                ) : (
                  <BoxGraph label={t('lineage.label')} boxes={boxes} onOpen={(id) => open(nodes.get(id))} />
                )}
                {(downstream.truncated || upstream.truncated) && <p className="none">{t('lineage.truncated')}</p>}
              </>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}
