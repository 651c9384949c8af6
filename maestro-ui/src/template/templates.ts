import { LOCAL_ZONE } from '../time/zone';

/** What a template asks for, as it is typed. */
export interface Blank {
  name: string;
  kind: 'id' | 'line' | 'text' | 'cron' | 'zone' | 'number' | 'flag';
  first: string;
  /** Where the definition has it, as a pointer into it. */
  at: string;
}

export interface Template {
  name: 'script' | 'etl';
  blanks: readonly Blank[];
  /** The definition with what was typed. */
  write: (typed: Readonly<Record<string, string>>) => string;
}

/** What is wrong with what was typed, by the blank that it was typed into; the rest is of none. */
export function byBlank<P extends { pointer: string }>(
  { blanks }: Template,
  problems: readonly P[],
): { of: ReadonlyMap<string, P>; rest: readonly P[] } {
  const blankOf = ({ pointer }: P) => blanks.find(({ at }) => pointer === at || pointer.startsWith(`${at}/`))?.name;
  return {
    of: new Map(
      problems.toReversed().flatMap((problem) => {
        const name = blankOf(problem);
        return name === undefined ? [] : [[name, problem] as const];
      }),
    ),
    rest: problems.filter((problem) => blankOf(problem) === undefined),
  };
}

/** A text as YAML has it on one line, whatever is in it: a JSON text is one. */
function quoted(text: string | undefined): string {
  const plain = text ?? '';
  return /^[A-Za-z][\w./-]*$/.test(plain) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(plain)
    ? plain
    : JSON.stringify(plain);
}

/** Lines as a YAML block, so that they stay as they are. */
function block(text: string | undefined, indent: number): string {
  const pad = ' '.repeat(indent);
  // Says how far it is indented: a first line that begins with blanks would else say it.
  return `|${(text ?? '').startsWith(' ') ? '2' : ''}\n${(text ?? '')
    .split('\n')
    .map((line) => (line === '' ? '' : pad + line))
    .join('\n')
    .trimEnd()}\n`;
}

const OWNED: readonly Blank[] = [
  { name: 'id', kind: 'id', first: '', at: '/workflow/id' },
  { name: 'owner', kind: 'line', first: '', at: '/workflow/owner' },
];

const CLOCK: readonly Blank[] = [
  { name: 'cron', kind: 'cron', first: '30 6 * * *', at: '/workflow/triggers/0/cron' },
  { name: 'zone', kind: 'zone', first: LOCAL_ZONE, at: '/workflow/triggers/0/timezone' },
];

function head({ id, owner, cron, zone }: Readonly<Record<string, string>>): string {
  const trigger =
    (cron ?? '').trim() === ''
      ? ''
      : `  triggers:\n    - cron: ${JSON.stringify(cron)}\n      timezone: ${quoted(zone)}\n`;
  return `workflow:\n  id: ${quoted(id)}\n  owner: ${quoted(owner)}\n${trigger}`;
}

/** Both use only what the server runs by itself; `$` in a script is Maestro's, so the shell's own is doubled. */
export const TEMPLATES: readonly Template[] = [
  {
    name: 'script',
    blanks: [
      ...OWNED,
      ...CLOCK,
      { name: 'script', kind: 'text', first: 'echo "hello"', at: '/workflow/jobs/0/script' },
      { name: 'retries', kind: 'number', first: '2', at: '/workflow/jobs/0/retry' },
    ],
    write: (typed) =>
      `${head(typed)}  jobs:\n    - id: run\n      type: Shell\n      retry: { errors: ${typed.retries} }\n      script: ${block(
        typed.script?.replaceAll('$', '$$$$'),
        8,
      )}`,
  },
  {
    name: 'etl',
    blanks: [
      ...OWNED,
      ...CLOCK,
      { name: 'extract', kind: 'text', first: 'echo "extracting ${date}"', at: '/workflow/jobs/0/script' },
      { name: 'load', kind: 'text', first: 'echo "loading ${date}"', at: '/workflow/jobs/1/script' },
      { name: 'atATime', kind: 'number', first: '4', at: '/workflow/run_strategy' },
    ],
    write: (typed) =>
      `${head(typed)}  run_strategy: { rule: parallel, workflow_concurrency: ${typed.atATime} }
  params:
    # The day that a run is about; a back-fill gives each of its days here.
    '!date<string>': "DateTimeFormat.forPattern('yyyyMMdd').print(new DateTime(RUN_TS))"
  jobs:
    - id: extract
      type: Shell
      retry: { errors: 2 }
      script: ${block(typed.extract, 8)}      transition: [load]
    - id: load
      type: Shell
      script: ${block(typed.load, 8)}`,
  },
];
