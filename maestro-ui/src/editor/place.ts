/** A step on the way to a spot of a document: a key of a mapping, or into a list. */
export type Step = string | typeof ITEM;

export const ITEM = Symbol('an item of a list');

/** Where the cursor stands: behind which keys, and in the middle of what. */
export interface Spot {
  path: readonly Step[];
  /** What is written there: a key, or the value of the last key of the path. */
  kind: 'key' | 'value';
  /** The word that is being written, and the column where it begins. */
  word: string;
  from: number;
}

interface Line {
  /** Columns of the dashes before the content. */
  dashes: readonly number[];
  column: number;
  content: string;
}

const LINE = /^( *)((?:- +)*)(.*)$/;
const KEY = /^(?:'((?:[^']|'')*)'|"([^"]*)"|([^\s'"#&*!|>%@`{}[\],][^:#]*?)) *:(?: +|$)/;

function parsed(text: string): Line {
  const [, indent = '', dashes = '', content = ''] = LINE.exec(text) ?? [];
  const columns = [...dashes.matchAll(/-/g)].map(({ index }) => indent.length + index);
  // A dash without anything behind it is an item, too.
  return content === '-'
    ? { dashes: [...columns, indent.length + dashes.length], column: text.length, content: '' }
    : { dashes: columns, column: indent.length + dashes.length, content };
}

function keyOf(content: string): { key: string; length: number } | undefined {
  const found = KEY.exec(content);
  return found ? { key: found[1] ?? found[2] ?? found[3] ?? '', length: found[0].length } : undefined;
}

/** The keys and lists around a column of a line, outermost first. */
function around(lines: readonly string[], at: number, line: Line): Step[] {
  const path: Step[] = [];
  let column = line.column;
  let dashes = [...line.dashes];
  let inList = false;
  const climb = () => {
    for (let dash = dashes.pop(); dash !== undefined; dash = dashes.pop()) {
      if (dash < column) {
        path.unshift(ITEM);
        column = dash;
        inList = true;
      }
    }
  };
  climb();
  for (let above = at - 1; above >= 0 && (column > 0 || inList); above--) {
    const text = lines[above] ?? '';
    if (text.trim() === '' || text.trimStart().startsWith('#')) {
      continue;
    }
    const candidate = parsed(text);
    const key = keyOf(candidate.content);
    // A list may stand as far to the left as its key.
    if (key !== undefined && (candidate.column < column || (inList && candidate.column === column))) {
      path.unshift(key.key);
      column = candidate.column;
      inList = false;
    }
    dashes = candidate.dashes.filter((dash) => dash < column);
    climb();
  }
  return path;
}

/** What is being written within braces or brackets that opened on this line. */
function inFlow(text: string, base: readonly Step[]): Omit<Spot, 'from'> {
  const path: Step[] = [...base];
  const open: ('{' | '[')[] = [];
  let token = '';
  let key: string | undefined;
  let quote = '';
  const leave = () => {
    if (key !== undefined) path.pop();
    key = undefined;
    token = '';
  };
  for (const letter of text) {
    if (quote !== '') {
      if (letter === quote) quote = '';
      else token += letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
    } else if (letter === '{' || letter === '[') {
      if (letter === '[') path.push(ITEM);
      open.push(letter);
      key = undefined;
      token = '';
    } else if (letter === '}' || letter === ']') {
      leave();
      if (open.pop() === '[') path.pop();
      key = open.at(-1) === '{' ? '' : undefined;
    } else if (letter === ',') {
      leave();
    } else if (letter === ':' && open.at(-1) === '{' && key === undefined) {
      key = token.trim();
      path.push(key);
      token = '';
    } else {
      token += letter;
    }
  }
  const isKey = open.at(-1) === '{' && key === undefined;
  return { path, kind: isKey ? 'key' : 'value', word: token.trimStart() };
}

/** Where a column of a line stands in a text that need not be YAML yet. */
export function spotAt(lines: readonly string[], at: number, column: number): Spot {
  const text = (lines[at] ?? '').slice(0, column);
  const line = parsed(text);
  const path = around(lines, at, line);
  const key = keyOf(line.content);
  const rest = key === undefined ? line.content : line.content.slice(key.length);
  const inside = key === undefined ? path : [...path, key.key];
  if (/^[[{]/.test(rest)) {
    const spot = inFlow(rest, inside);
    return { ...spot, from: column - spot.word.length };
  }
  return { path: inside, kind: key === undefined ? 'key' : 'value', word: rest, from: column - rest.length };
}
