/** As many lines as a browser shows with ease. */
const MOST = 20_000;

export interface Lines {
  /** The last one is open: more may be added to it. */
  lines: readonly string[];
  /** How many were left out before them. */
  dropped: number;
}

export const NO_LINES: Lines = { lines: [], dropped: 0 };

/** The same with more text behind it. */
export function append({ lines, dropped }: Lines, text: string): Lines {
  const [first = '', ...more] = text.replaceAll('\r\n', '\n').split('\n');
  const all = lines.length === 0 ? [first, ...more] : [...lines.slice(0, -1), `${lines.at(-1)}${first}`, ...more];
  const tooMany = Math.max(0, all.length - MOST);
  return { lines: tooMany === 0 ? all : all.slice(tooMany), dropped: dropped + tooMany };
}

/** Without the open line behind the last line feed, if it is empty. */
export function closed({ lines }: Lines): readonly string[] {
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
