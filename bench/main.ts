import { benchImport } from './import.js';
import { benchTabular } from './tabular/tabular.js';
import { benchUsers } from './users/users.js';

const [name = 'import', ...args] = process.argv.slice(2);
const numbers = args.map(Number);
if (name === 'import') {
  const [rows = 100_000, reps = 50] = numbers;
  await benchImport(rows, reps);
} else if (name === 'tabular') {
  await benchTabular(numbers.length > 0 ? numbers : [100_000, 1_000_000]);
} else if (name === 'users') {
  await benchUsers(numbers[0] ?? 100_000);
} else {
  throw new Error(`There is no benchmark "${name}"; there are: import, tabular, users`);
}
