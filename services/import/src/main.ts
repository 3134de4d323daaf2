import { startService } from '@muster/platform';
import { importConfig } from './config.js';
import { IMPORT } from './definition.js';

await startService(IMPORT, importConfig());
