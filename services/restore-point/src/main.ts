import { startService } from '@muster/platform';
import { readRestorePointConfig } from './config.js';
import { RESTORE_POINT } from './definition.js';

await startService(RESTORE_POINT, readRestorePointConfig());
