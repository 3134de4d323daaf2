import { importSuite } from './import-suite.js';
import { standaloneSystem } from './system.js';

importSuite('import, embedded in one process', standaloneSystem);
