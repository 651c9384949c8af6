// Makes the types of the API from its document, if they are not as it is.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const DOCUMENT = new URL(
  '../../maestro-service/src/main/resources/org/maestro/service/web/openapi.json',
  import.meta.url,
);
const TYPES = new URL('../src/api/schema.d.ts', import.meta.url);
const HEAD = '// Made from openapi.json by build/types.mjs; not kept in the repository.\n';

const made = HEAD + astToString(await openapiTS(DOCUMENT));
// What is as it should be keeps its time: everything that is newer than the pages is built again.
if ((await readFile(TYPES, 'utf8').catch(() => '')) !== made) {
  await writeFile(TYPES, made);
}
