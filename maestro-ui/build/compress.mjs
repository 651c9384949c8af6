// Writes each text file of the UI as gzip and Brotli, too, lists all for the server, and keeps the first load within
// its budget.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const FOLDER = new URL('../target/ui/', import.meta.url);
const TEXT = /\.(js|css|html|svg|json)$/;
const FIRST_LOAD_BYTES = 350 * 1024;

const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true });
const names = entries
  .filter((entry) => entry.isFile())
  .map((entry) => relative(fileURLToPath(FOLDER), join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
  .sort();
await writeFile(new URL('files.txt', FOLDER), names.map((name) => `${name}\n`).join(''));

const sizes = new Map();
for (const name of names) {
  if (!TEXT.test(name)) continue;
  const file = new URL(name, FOLDER);
  const text = await readFile(file);
  const small = await promisify(brotliCompress)(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
  });
  await writeFile(new URL(`${name}.br`, FOLDER), small);
  await writeFile(new URL(`${name}.gz`, FOLDER), await promisify(gzip)(text, { level: 9 }));
  sizes.set(`/${name}`, small.length);
}

const page = await readFile(new URL('index.html', FOLDER), 'utf8');
const first = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => sizes.get(path) ?? 0);
const total = first.reduce((sum, size) => sum + size, sizes.get('/index.html'));
if (total > FIRST_LOAD_BYTES) {
  console.error(
    `first load: expected at most ${FIRST_LOAD_BYTES} bytes compressed, found ${total}; load what few pages need with them`,
  );
  process.exit(1);
}
