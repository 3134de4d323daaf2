// Writes openapi/muster.json: the one document of all services. `--check` compares.
import { SERVICES } from '@muster/contracts';
import { mergeOpenApi, openApiDocument } from '@muster/platform';
import { DEFINITIONS } from '../definitions.js';
import { writeOrCheck } from './generated-file.js';

const documents = [];
for (const name of SERVICES) documents.push([name, await openApiDocument(DEFINITIONS[name])] as const);

const merged = mergeOpenApi(Object.fromEntries(documents));
await writeOrCheck('openapi/muster.json', `${JSON.stringify(merged, null, 2)}\n`, 'npm run openapi');
