import { startService } from '@muster/platform';
import { readFieldDataConfig } from './config.js';
import { FIELD_DATA } from './definition.js';

await startService(FIELD_DATA, readFieldDataConfig());
