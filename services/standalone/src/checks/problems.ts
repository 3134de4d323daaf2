// Writes docs/problems.md: every code with its texts. `--check` compares.
import { writeOrCheck } from './generated-file.js';
import { problemsPage } from './problems-page.js';

await writeOrCheck('docs/problems.md', problemsPage(), 'npm run problems');
