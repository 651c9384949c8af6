import { Button, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { start } from '../api/actions';
import type { Schemas } from '../api/client';
import { Card } from '../app/Card';
import { ProblemNote } from '../problem/ProblemNote';
import { isFixed, isList, type Mistake, read, typed, typeOf } from './values';

type Definition = Schemas['DefinitionParam'];
type Definitions = Record<string, Definition>;

interface Props {
  workflowId: string;
  params: Definitions;
  /** What an earlier instance was started with. */
  given: Schemas['Params'];
}

/** What was typed by name; parameters that nobody touched stay with the definition. */
type Typed = Record<string, string>;

function begin(given: Schemas['Params']): Typed {
  return Object.fromEntries(
    Object.entries(given).map(([name, param]) => [name, typed((param as Partial<Schemas['Param']>).value)]),
  );
}

export function StartForm({ workflowId, params, given }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [texts, setTexts] = useState(() => begin(given));
  const [mistakes, setMistakes] = useState<Record<string, Mistake>>({});
  // One id per form: a start whose answer got lost is not made twice.
  const [requestId] = useState(() => crypto.randomUUID());
  const starting = useMutation({
    mutationFn: (values: Schemas['GivenParams']) => start(workflowId, 'default', requestId, values),
    onSuccess: (started) =>
      navigate({
        to: '/workflows/$workflowId/instances/$instance/runs/$run',
        params: {
          workflowId,
          instance: String(started.workflow_instance_id),
          run: String(started.workflow_run_id),
        },
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values: Schemas['GivenParams'] = {};
    const wrong: Record<string, Mistake> = {};
    for (const [name, text] of Object.entries(texts)) {
      const definition = params[name];
      if (definition !== undefined) {
        const result = read(text, typeOf(definition));
        if ('mistake' in result) {
          wrong[name] = result.mistake;
        } else {
          values[name] = { type: typeOf(definition), value: result.value as never };
        }
      }
    }
    setMistakes(wrong);
    if (Object.keys(wrong).length === 0) {
      starting.mutate(values);
    }
  };
  const change = (name: string, text: string | null) =>
    setTexts(({ [name]: _, ...others }) => (text === null ? others : { ...others, [name]: text }));
  const entries = Object.entries(params);
  return (
    <Card>
      <form onSubmit={submit} noValidate>
        <Stack maw="42rem">
          {entries.length === 0 && <span className="dim">{t('start.none')}</span>}
          {entries.map(([name, definition]) => (
            <Field
              key={name}
              name={name}
              definition={definition}
              text={texts[name]}
              mistake={mistakes[name]}
              onChange={(text) => change(name, text)}
            />
          ))}
          {starting.error !== null && <ProblemNote error={starting.error} />}
          <div>
            <Button type="submit" loading={starting.isPending}>
              {t('start.go')}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}

interface FieldProps {
  name: string;
  definition: Definition;
  /** Nothing while it stays as defined. */
  text: string | undefined;
  mistake: Mistake | undefined;
  onChange: (text: string | null) => void;
}

function Field({ name, definition, text, mistake, onChange }: FieldProps) {
  const { t } = useTranslation();
  const type = typeOf(definition);
  const notes: string[] = [t(`type.${type}`)];
  if (definition.expression !== undefined && definition.expression !== null) {
    notes.push(t('start.expression', { expression: definition.expression }));
  }
  if (isFixed(definition)) {
    notes.push(t('start.constant'));
  } else if (isList(type)) {
    notes.push(t('start.list'));
  } else if (type === 'MAP') {
    notes.push(t('start.json'));
  }
  const shared = {
    label: name,
    description: notes.join(' · '),
    error: mistake && t(mistake),
    disabled: isFixed(definition),
  };
  const value = text ?? typed(definition.value);
  if (type === 'BOOLEAN') {
    return (
      <Select
        {...shared}
        placeholder={t('start.asDefined')}
        value={value === '' ? null : value}
        onChange={onChange}
        data={[
          { value: 'true', label: t('start.true') },
          { value: 'false', label: t('start.false') },
        ]}
      />
    );
  }
  if (isList(type) || type === 'MAP' || type === 'STRING_MAP') {
    return (
      <Textarea
        {...shared}
        autosize
        minRows={2}
        maxRows={12}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return <TextInput {...shared} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
}
