import { Alert, Button, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import type { Schemas } from '../api/client';
import { definitionQuery, previewQuery, yamlQuery, yamlSchemaQuery } from '../api/queries';
import { BoxGraph } from '../graph/BoxGraph';
import { Loaded } from '../problem/Loaded';
import { ProblemNote } from '../problem/ProblemNote';
import { StatusShape } from '../status/StatusMark';
import { type Draft, drafts } from './drafts';
import classes from './Editor.module.css';
import { NextFires } from './NextFires';
import { planOf } from './plan';
import { Pushed } from './Pushed';
import { PushDialog } from './PushDialog';
import type { Schema } from './schema';
import { YamlEditor } from './YamlEditor';

const route = getRouteApi('/edit');
const TYPING_PAUSE = 350;

/** The draft of what is not a workflow yet. */
export const NEW = '';

const FIRST = `workflow:
  id: hello
  owner: me
  params:
    name: world
  jobs:
    - id: greet
      type: Shell
      script: echo "hello \${name}"
`;

/** A definition as it is written: checked, drawn and pushed; the text stays as its writer has it. */
export function EditorPage() {
  const { workflow } = route.useSearch();
  return workflow === undefined ? (
    <Editor key={NEW} workflowId={NEW} stored={{ text: FIRST, version: 0 }} />
  ) : (
    <Existing key={workflow} workflowId={workflow} />
  );
}

function Existing({ workflowId }: { workflowId: string }) {
  const definition = useQuery({ ...definitionQuery(workflowId, 'default'), refetchOnWindowFocus: false });
  const yaml = useQuery({ ...yamlQuery(workflowId, 'default'), refetchOnWindowFocus: false });
  return (
    <Loaded query={definition} height={480}>
      {({ metadata }) => (
        <Loaded query={yaml} height={480}>
          {(text) => (
            <Editor workflowId={workflowId} stored={{ text: String(text), version: metadata.workflow_version_id }} />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Editor({ workflowId, stored }: { workflowId: string; stored: Draft }) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(() => drafts.read(workflowId));
  const [begun, setBegun] = useState<Draft>(() =>
    // A draft for an older version than there is now would undo what came after it.
    kept !== undefined && kept.version >= stored.version ? kept : stored,
  );
  const [text, setText] = useState(begun.text);
  const [checked] = useDebouncedValue(text, TYPING_PAUSE);
  const [isPushing, setIsPushing] = useState(false);
  const [pushed, setPushed] = useState<Schemas['PushAnswer']>();
  const [goTo, setGoTo] = useState<{ line: number; column: number }>();
  const schema = useQuery(yamlSchemaQuery);
  const preview = useQuery({ ...previewQuery(checked), enabled: checked.trim() !== '' });
  const problems = preview.data?.problems ?? [];
  const workflow = preview.data?.workflow ?? undefined;
  const isBehind = text !== checked || preview.isPlaceholderData;
  const canPush = workflow !== undefined && !isBehind && problems.every(({ severity }) => severity !== 'error');
  const begin = (draft: Draft) => {
    drafts.forget(workflowId);
    setKept(undefined);
    setBegun({ ...draft });
    setText(draft.text);
  };
  const change = (changed: string) => {
    setText(changed);
    setPushed(undefined);
    drafts.write(workflowId, { text: changed, version: begun.version });
  };
  const done = (answer: Schemas['PushAnswer']) => {
    const { workflow_id: id, workflow_version_id: version } = answer.workflow_definition.metadata;
    drafts.forget(workflowId);
    drafts.write(id, { text, version });
    setPushed(answer);
    setIsPushing(false);
  };
  return (
    <>
      <div className={classes.head}>
        <Title order={1}>
          {workflowId === NEW ? (
            t('editor.newTitle')
          ) : (
            <>
              {t('editor.verb')}{' '}
              <Link to="/workflows/$workflowId" params={{ workflowId }}>
                {workflowId}
              </Link>
            </>
          )}
        </Title>
        <span className={classes.spring} />
        {text !== stored.text && preview.data?.yaml !== stored.text && (
          <Button variant="default" onClick={() => begin(stored)}>
            {workflowId === NEW ? t('editor.startOver') : t('editor.startOverFrom', { version: stored.version })}
          </Button>
        )}
        <Button disabled={!canPush} onClick={() => setIsPushing(true)}>
          {t('editor.pushWithDiff')}
        </Button>
      </div>
      {pushed !== undefined && <Pushed answer={pushed} mb="md" />}
      {kept !== undefined && kept.version < stored.version && (
        <Alert color="yellow" mb="md" title={t('editor.oldDraftTitle', { version: stored.version })}>
          {t('editor.oldDraft', { version: kept.version })}{' '}
          <Button size="xs" variant="default" onClick={() => begin({ ...kept, version: stored.version })}>
            {t('editor.takeDraft')}
          </Button>
        </Alert>
      )}
      <div className={classes.page}>
        <div>
          <div className={classes.code}>
            <YamlEditor
              key={`${begun.version} ${begun.text.length}`}
              label={t('editor.label')}
              text={begun.text}
              schema={schema.data as Schema | undefined}
              problems={isBehind ? NO_PROBLEMS : problems}
              goTo={goTo}
              onChange={change}
              onPush={() => canPush && setIsPushing(true)}
            />
          </div>
          <p className={`${classes.hint} dim small`}>{t('editor.hint')}</p>
        </div>
        <div className={classes.side}>
          <Card title={t('editor.check')}>
            {preview.error !== null && <ProblemNote error={preview.error} />}
            <Problems problems={problems} isBehind={isBehind} onGo={setGoTo} />
          </Card>
          {workflow !== undefined && (
            <Card title={t('editor.preview')} flush>
              <BoxGraph
                label={t('editor.previewLabel')}
                flow="DOWN"
                boxes={planOf(workflow, {
                  inside: (count) => t('editor.jobs', { count }),
                  handler: (kind) => t(`handlers.${kind}`),
                })}
              />
            </Card>
          )}
          {workflow?.time_triggers !== undefined && workflow.time_triggers.length > 0 && (
            <NextFires workflowId={workflow.id} triggers={workflow.time_triggers} />
          )}
        </div>
      </div>
      {isPushing && workflow !== undefined && (
        <PushDialog workflowId={workflow.id} text={text} onClose={() => setIsPushing(false)} onPushed={done} />
      )}
    </>
  );
}

const NO_PROBLEMS: Schemas['TextProblem'][] = [];

interface ProblemsProps {
  problems: readonly Schemas['TextProblem'][];
  isBehind: boolean;
  onGo: (place: { line: number; column: number }) => void;
}

function Problems({ problems, isBehind, onGo }: ProblemsProps) {
  const { t } = useTranslation();
  if (problems.length === 0) {
    return (
      <span className={classes.fine} role="status">
        <StatusShape tone={isBehind ? 'running' : 'succeeded'} />
        {isBehind ? t('editor.checking') : t('editor.fine')}
      </span>
    );
  }
  return (
    <ul className={classes.problems}>
      {problems.map((problem) => (
        <li key={`${problem.line}:${problem.column} ${problem.message}`}>
          <button type="button" className={classes.problem} onClick={() => onGo({ ...problem })}>
            <StatusShape tone={problem.severity === 'warning' ? 'waiting' : 'failed'} />
            <span>{problem.message}</span>
            <span className={`${classes.place} dim small`}>
              {t('editor.place', { line: problem.line, column: problem.column, code: problem.code })}
              {problem.suggestion != null && ` · ${problem.suggestion}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
