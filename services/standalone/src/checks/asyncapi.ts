// Writes asyncapi/muster.yaml: the events of all services. `--check` compares.
import { stringify } from 'yaml';
import { asyncApiDocument } from '@muster/messaging';
import { writeOrCheck } from './generated-file.js';

const text = stringify(asyncApiDocument(), { lineWidth: 120, aliasDuplicateObjects: false });
await writeOrCheck('asyncapi/muster.yaml', text, 'npm run asyncapi');
