import { benchImport } from './import.js';

const [name = 'import', rows = '100000', reps = '50'] = process.argv.slice(2);
if (name !== 'import') throw new Error(`There is no benchmark "${name}"; there is: import`);
await benchImport(Number(rows), Number(reps));
