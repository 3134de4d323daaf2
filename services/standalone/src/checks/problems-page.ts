import { PROBLEM_GROUPS, type ProblemKind, type Texts } from '@muster/contracts';
import { ROW_PROBLEM_GROUPS } from '@muster/import-model';
import { VALIDATION_TEXTS } from '@muster/platform';
import { parameterNames, variantsOf } from './text-variants.js';

const HEADINGS: Record<keyof typeof PROBLEM_GROUPS, string> = {
  common: 'Requests',
  userAdmin: 'Sign-in, companies, users',
  accountRecords: 'Records of accounts',
  userValues: 'Values of accounts, groups and code lists',
  files: 'Files',
  imports: 'Imports and their configurations',
  importConfigurations: 'Configurations of imports',
  importParts: 'Imports in parts',
  records: 'Records, restore points, notifications',
};

const ROW_HEADINGS: Record<keyof typeof ROW_PROBLEM_GROUPS, string> = {
  cells: 'Cells',
  keys: 'Which record a row means',
  reps: 'Whose record a row is',
  records: 'What a record refers to, and between its fields',
  accounts: 'Accounts',
  ours: 'Faults on our side',
};

const INTRODUCTION = `# Codes of problems

Written by \`npm run problems\` from the catalogues of the code; changes by hand are lost. Codes are stable: a connector can
rely on them, people read the texts, in the language of \`Accept-Language\`.

\`{name}\` is a parameter. Where a text has several forms, each has a line of its own, and the column *when* says which values
of parameters lead to it; \`other\` stands for every other value, and for a parameter that is left out.`;

/** Every code that somebody can meet, with its texts, as a page of Markdown. */
export function problemsPage(): string {
  const answers = Object.entries(PROBLEM_GROUPS).flatMap(([group, problems]) => [
    `### ${HEADINGS[group as keyof typeof PROBLEM_GROUPS]}`,
    table(['code', 'status'], Object.entries<ProblemKind>(problems), ([code, kind]) => [[quoted(code), String(kind.status)], detailOf(kind)]),
  ]);
  const rows = Object.entries(ROW_PROBLEM_GROUPS).flatMap(([group, problems]) => [
    `### ${ROW_HEADINGS[group as keyof typeof ROW_PROBLEM_GROUPS]}`,
    codeTable(problems),
  ]);
  const parts = [
    INTRODUCTION,
    '## Answers\n\nAn answer with an error is `application/problem+json` (RFC 9457): `code` is one of these, `detail` the text behind the title. Where a code stands for one value of a request or of a configuration, it is one of `errors[]`.',
    ...answers,
    '## Values of a request\n\n`errors[]` of `validation_failed` and `configuration_invalid`, beside those above: `pointer` says which value is meant.',
    codeTable(VALIDATION_TEXTS),
    '## Rows of an import\n\n`problems[]` of a row, and the columns *Code* and *Message* of the file of failed rows. `column` is the header of the column that is meant, `field` the target field.',
    ...rows,
  ];
  return `${parts.join('\n\n')}\n`;
} // prettier-ignore

type Head = [cells: string[], texts: Texts];

function codeTable(problems: Readonly<Record<string, Texts>>): string {
  return table(['code'], Object.entries(problems), ([code, texts]) => [[quoted(code)], texts]);
}

function table<Entry>(columns: readonly string[], entries: readonly Entry[], headOf: (entry: Entry) => Head): string {
  const header = [...columns, 'parameters', 'when', 'English', 'Deutsch'];
  const lines = entries.flatMap((entry) => {
    const [cells, texts] = headOf(entry);
    const names = parameterNames(texts).map(quoted).join(', ');
    const blanks = [...cells, names].map(() => '');
    return variantsOf(texts).map(({ when, en, de }, i) => [
      ...(i === 0 ? [...cells, names] : blanks),
      when && quoted(when),
      escaped(en),
      escaped(de),
    ]);
  });
  return [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The title goes before each form of the text. */
function detailOf({ title, detail }: ProblemKind): Texts {
  return { en: `**${title.en}** ${detail.en}`, de: `**${title.de}** ${detail.de}` };
}

function quoted(text: string): string {
  return `\`${text}\``;
}

/** Markdown that is meant by none of the texts but our own bold titles. */
function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('_', '\\_');
}
