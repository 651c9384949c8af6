// Types of the API from its document. With --write they are made anew; without, they must be as if they were.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const DOCUMENT = new URL(
  '../../maestro-service/src/main/resources/org/maestro/service/web/openapi.json',
  import.meta.url,
);
const TYPES = new URL('../src/api/schema.d.ts', import.meta.url);
const HEAD = '// Made from openapi.json by `npm run types`.\n';

const made = HEAD + astToString(await openapiTS(DOCUMENT));
if (process.argv.includes('--write')) {
  await writeFile(TYPES, made);
} else if ((await readFile(TYPES, 'utf8').catch(() => '')) !== made) {
  console.error('src/api/schema.d.ts: expected the types of openapi.json as it is, found others; run: npm run types');
  process.exit(1);
}
