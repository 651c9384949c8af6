import { Alert, Autocomplete, Button, NumberInput, Stack, Tabs, Textarea, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../app/Card';
import { useAct } from '../app/useAct';
import { push } from '../api/actions';
import type { Schemas } from '../api/client';
import { previewQuery, yamlQuery } from '../api/queries';
import { drafts } from '../editor/drafts';
import { ProblemNote } from '../problem/ProblemNote';
import { StatusShape } from '../status/StatusMark';
import { NextFires } from '../editor/NextFires';
import { Pushed } from '../editor/Pushed';
import classes from './Template.module.css';
import { type Blank, byBlank, type Template, TEMPLATES } from './templates';

const route = getRouteApi('/templates');
const TYPING_PAUSE = 350;

/** A workflow by filling in a form; the definition that comes of it is shown all the while. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const { template = 'script' } = route.useSearch();
  const navigate = route.useNavigate();
  const chosen = TEMPLATES.find(({ name }) => name === template);
  return (
    <>
      <Title order={1} mb="md">
        {t('templates.title')}
      </Title>
      <Tabs
        value={template}
        keepMounted={false}
        onChange={(name) =>
          void navigate({ search: { template: TEMPLATES.find((known) => known.name === name)?.name }, replace: true })
        }
      >
        <Tabs.List mb="md">
          {TEMPLATES.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {t(`templates.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TEMPLATES.map(({ name }) => (
          <Tabs.Panel key={name} value={name}>
            {chosen !== undefined && <Filled key={name} template={chosen} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}

function Filled({ template }: { template: Template }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(template.blanks.map(({ name, first }) => [name, first])),
  );
  const text = template.write(typed);
  const [checked] = useDebouncedValue(text, TYPING_PAUSE);
  const isComplete = (typed.id ?? '') !== '' && (typed.owner ?? '') !== '';
  const preview = useQuery({ ...previewQuery(checked), enabled: isComplete });
  const [pushed, setPushed] = useState<Schemas['PushAnswer']>();
  const pushing = useAct(
    () => push(text),
    ['workflows'],
    (answer) => {
      const { workflow_id: id, workflow_version_id: version } = answer.workflow_definition.metadata;
      drafts.write(id, { text, version });
      setPushed(answer);
    },
  );
  const problems = isComplete ? (preview.data?.problems ?? []) : [];
  const wrong = byBlank(template, text === checked ? problems : []);
  const workflow = preview.data?.workflow;
  const isChecked = isComplete && text === checked && !preview.isPlaceholderData && workflow != null;
  const wanted = isChecked && problems.length === 0 ? workflow.id : undefined;
  const there = useQuery({ ...yamlQuery(wanted ?? '', 'default'), enabled: wanted !== undefined, retry: false });
  const edit = () => {
    drafts.write('', { text, version: 0 });
    void navigate({ to: '/edit', search: {} });
  };
  return (
    <div className={classes.pair}>
      <Card title={t(`templates.${template.name}`)}>
        <Stack>
          <span className="dim">{t(`templates.${template.name}Help`)}</span>
          {template.blanks.map((blank) => (
            <Field
              key={blank.name}
              blank={blank}
              value={typed[blank.name] ?? ''}
              error={wrong.of.get(blank.name)?.message}
              onChange={(value) => {
                setTyped((before) => ({ ...before, [blank.name]: value }));
                setPushed(undefined);
              }}
            />
          ))}
        </Stack>
      </Card>
      <div className={classes.side}>
        <Card
          title={t('templates.yaml')}
          aside={
            <Button size="xs" variant="default" onClick={edit}>
              {t('templates.edit')}
            </Button>
          }
          flush
        >
          <pre className={classes.yaml} tabIndex={0}>
            {text}
          </pre>
        </Card>
        <Card title={t('editor.check')}>
          <Stack>
            {!isComplete && <span className="dim">{t('templates.incomplete')}</span>}
            {preview.error !== null && <ProblemNote error={preview.error} />}
            {wrong.of.size > 0 && <span className="dim">{t('templates.wrong', { count: wrong.of.size })}</span>}
            {wrong.rest.map((problem) => (
              <span key={`${problem.line} ${problem.message}`} className={classes.problem}>
                <StatusShape tone={problem.severity === 'warning' ? 'waiting' : 'failed'} />
                {problem.message}
              </span>
            ))}
            {isChecked && problems.length === 0 && (
              <span className={classes.problem} role="status">
                <StatusShape tone="succeeded" />
                {t('editor.fine')}
              </span>
            )}
            {pushing.error !== null && <ProblemNote error={pushing.error} />}
            {pushed === undefined && wanted !== undefined && there.data !== undefined && (
              <Alert color="yellow" title={t('templates.isThere', { workflow: wanted })}>
                <Link className="in-text" to="/workflows/$workflowId" params={{ workflowId: wanted }}>
                  {t('editor.openWorkflow')}
                </Link>
              </Alert>
            )}
            {pushed === undefined ? (
              <div>
                <p className={classes.help}>{t('templates.pushHelp')}</p>
                <Button
                  disabled={!isChecked || problems.some(({ severity }) => severity === 'error')}
                  loading={pushing.isPending}
                  onClick={() => pushing.mutate(undefined)}
                >
                  {t('editor.push')}
                </Button>
              </div>
            ) : (
              <Pushed answer={pushed} />
            )}
          </Stack>
        </Card>
        {isChecked && (workflow.time_triggers ?? []).length > 0 && pushed === undefined && (
          <NextFires workflowId={workflow.id} triggers={workflow.time_triggers ?? []} />
        )}
      </div>
    </div>
  );
}

interface FieldProps {
  blank: Blank;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** Those that this browser knows; the server may know more. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

function Field({ blank: { name, kind }, value, error, onChange }: FieldProps) {
  const { t, i18n } = useTranslation();
  const help = `templates.help_${name}` as 'templates.help_id';
  const shared = {
    label: t(`templates.blank_${name}` as 'templates.blank_id'),
    description: i18n.exists(help) ? t(help) : undefined,
    error,
  };
  switch (kind) {
    case 'text':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          maxRows={14}
          classNames={{ input: classes.code }}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'zone':
      return <Autocomplete {...shared} limit={30} data={ZONES} value={value} onChange={onChange} />;
    case 'number':
      return (
        <NumberInput
          {...shared}
          min={0}
          max={100}
          value={Number(value)}
          onChange={(number) => onChange(String(number))}
        />
      );
    default:
      return <TextInput {...shared} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}
