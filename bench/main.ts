import { benchImport } from './imports/customers.js';
import { benchImportCommand } from './imports/command.js';
import { benchImportMemory } from './imports/memory.js';
import { benchSync } from './imports/sync.js';
import { benchUserImport } from './imports/users.js';
import { benchTabular } from './tabular/tabular.js';
import { benchUserChanges } from './users/changes.js';
import { benchUserExport } from './users/export.js';
import { benchUsers } from './users/users.js';

const [name = 'import', ...args] = process.argv.slice(2);
const numbers = args.map(Number);
if (name === 'import') {
  const [rows = 100_000, reps = 50] = numbers;
  await benchImport(rows, reps);
} else if (name === 'import-sync') {
  const [rows = 100_000, reps = 50] = numbers;
  await benchSync(rows, reps);
} else if (name === 'import-users') {
  await benchUserImport(numbers[0] ?? 100_000);
} else if (name === 'import-memory') {
  await benchImportMemory(numbers.length > 0 ? numbers : [20_000, 100_000]);
} else if (name === 'import-command') {
  await benchImportCommand(numbers[0] ?? 100_000);
} else if (name === 'tabular') {
  await benchTabular(numbers.length > 0 ? numbers : [100_000, 1_000_000]);
} else if (name === 'users') {
  await benchUsers(numbers[0] ?? 100_000);
} else if (name === 'users-export') {
  await benchUserExport(numbers[0] ?? 100_000);
} else if (name === 'users-change') {
  await benchUserChanges(numbers[0] ?? 100_000);
} else {
  const names =
    'import, import-sync, import-users, import-memory, import-command, tabular, users, users-export, users-change';
  throw new Error(`There is no benchmark "${name}"; there are: ${names}`);
}
