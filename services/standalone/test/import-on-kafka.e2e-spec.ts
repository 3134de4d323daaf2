import { importSuite } from './import-suite.js';
import { clusterSystem } from './system.js';

importSuite('import, five services on Kafka', clusterSystem);
