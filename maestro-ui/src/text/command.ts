/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./#-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The same on the command line. */
export function command(...words: string[]): string {
  return ['./maestro', ...words.map(quoted)].join(' ');
}
