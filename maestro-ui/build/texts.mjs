// Every text of the catalogue is used somewhere; that every text which is used is there, the compiler sees.
import { readdir, readFile } from 'node:fs/promises';

const SOURCES = new URL('../src/', import.meta.url);

const names = (await readdir(SOURCES, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
const code = (await Promise.all(names.map((name) => readFile(new URL(name, SOURCES), 'utf8')))).join('\n');
const catalogue = JSON.parse(await readFile(new URL('text/en.json', SOURCES), 'utf8'));

const unused = Object.entries(catalogue).flatMap(([group, texts]) =>
  Object.keys(texts)
    .map((key) => `${group}.${key.replace(/_(zero|one|other)$/, '')}`)
    .filter((key) => !code.includes(`'${key}'`) && !code.includes(`\`${group}.\${`)),
);
if (unused.length > 0) {
  console.error(
    `src/text/en.json: expected every text to be used, found none that uses ${unused.join(', ')}; remove them`,
  );
  process.exit(1);
}
