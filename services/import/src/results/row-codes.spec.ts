import { describe, expect, it } from 'vitest';
import type { RowProblem } from '@muster/contracts';
import { columnOf, compileMapping, entitySchema, nearParams, parseConfiguration } from '@muster/import-model';
import type { TableRow } from '@muster/tabular';
import { repVerdict, type RepProgress, type RepStatus } from '../assignment/rep-verdict.js';
import { StagedFile } from '../staging/staged-file.js';
import { problemDto } from './row.dto.js';

const HEADER = ['Rep', 'No', 'Name'];

const parsed = parseConfiguration(
  {
    formatVersion: 1,
    entity: 'customer',
    mode: 'upsert',
    mappings: [
      { SourceFieldID: 'No', TargetFieldID: 'externalId' },
      { SourceFieldID: 'Name', TargetFieldID: 'name1' },
    ],
    userMapping: { by: 'email', SourceFieldID: 'Rep' },
  },
  HEADER,
);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
const { configuration } = parsed;

/** As the reader of the result sees it: code, column and text in both languages. */
function told(problem: RowProblem): unknown[] {
  const column = columnOf(problem, configuration);
  const placed = { ...problem, ...(column !== undefined && { column }) };
  const [en, de] = (['en', 'de'] as const).map((language) => problemDto(placed, language));
  return [en?.code, en?.column, en?.message, de?.message];
}

/** What is wrong with rows by what stands in the file alone, by row. */
function settled(rows: readonly TableRow[], isSync = false) {
  const mapping = compileMapping(configuration, HEADER, entitySchema('customer'));
  const file = new StagedFile(mapping, 0, undefined, isSync);
  const chunks = [...file.add(rows), ...file.finish()];
  const answers = chunks.flatMap((chunk) => chunk.settled);
  const duplicates = [...file.duplicates()].map(([row, others]) => file.duplicateAnswer(row, others));
  return [...answers, ...duplicates].map(({ row, outcome, problems = [] }) => [row, outcome, ...problems.map(told)]);
}

describe('the codes that the file gives', () => {
  it('of cells that no column has', () => {
    expect(settled([{ row: 2, cells: ['r@x', 'K1', 'Adler'], extraCells: true }])).toEqual([
      [2, 'invalid', ['extra_cells', undefined, 'The row has more cells than the header has columns; the file may have a delimiter or a quote too many here.', 'Die Zeile hat mehr Zellen als die Kopfzeile Spalten; vermutlich steht hier ein Trennzeichen oder Anführungszeichen zu viel.']],
    ]);
  }); // prettier-ignore

  it('of a row in which the file of a sync ends', () => {
    const row: TableRow = { row: 2, cells: ['r@x', 'K1', ''], cutOff: true };
    expect(settled([row], true)).toEqual([
      [2, 'invalid', ['row_cut_off', undefined, 'The file ends within this row: cells are missing, and the line end. It was probably cut off on its way; send it whole.', 'Die Datei endet in dieser Zeile: Es fehlen Zellen und das Zeilenende. Vermutlich wurde sie unterwegs abgeschnitten; senden Sie sie vollständig.']],
    ]);
    expect(settled([row])).toEqual([]);
  }); // prettier-ignore

  it('of rows that share a key', () => {
    const rows = [2, 3, 5].map((row) => ({ row, cells: ['r@x', row === 3 ? 'K2' : 'K1', 'Adler'] }));
    expect(settled(rows)).toEqual([
      [2, 'invalid', ['duplicate_in_file', 'No', 'A value that only one row can have stands in other rows of the file too: 5.', 'Ein Wert, den nur eine Zeile haben kann, steht auch in anderen Zeilen der Datei: 5.']],
      [5, 'invalid', ['duplicate_in_file', 'No', 'A value that only one row can have stands in other rows of the file too: 2.', 'Ein Wert, den nur eine Zeile haben kann, steht auch in anderen Zeilen der Datei: 2.']],
    ]);
  }); // prettier-ignore

  it.each<[string, Partial<TableRow>, unknown[]]>([
    ['an error', { cells: ['#REF!', 'K1', 'Adler'], kinds: ['error', 'text', 'text'] }, ['error_cell', 'Rep', 'The cell shows the error #REF! instead of a value. Correct its formula, or type the value.', 'Die Zelle zeigt den Fehler #REF! statt eines Werts. Berichtigen Sie ihre Formel oder tragen Sie den Wert ein.']],
    ['a text that is nobody’s', { cells: ['x'.repeat(255), 'K1', 'Adler'] }, ['too_long', 'Rep', 'The text has 255 characters, 254 are allowed.', 'Der Text hat 255 Zeichen, erlaubt sind 254.']],
    ['a bad character', { cells: ['r\u0000', 'K1', 'Adler'] }, ['invalid_character', 'Rep', 'The text holds an invisible character (NUL), which cannot be stored. Type the text anew.', 'Der Text enthält ein unsichtbares Zeichen (NUL), das sich nicht speichern lässt. Geben Sie den Text neu ein.']],
  ])('of a rep that is %s', (_what, row, problem) => {
    expect(settled([{ row: 2, cells: [], ...row }])).toEqual([[2, 'invalid', problem]]);
  }); // prettier-ignore
});

describe('the codes of reps', () => {
  it.each<[RepStatus, boolean, string, unknown[], RepProgress?]>([
    ['notFound', false, 'invalid', ['rep_not_found', 'Rep', 'There is no rep "r@x". Check the spelling, upper and lower case too.', 'Es gibt keinen Mitarbeiter „r@x“. Prüfen Sie die Schreibweise, auch Groß- und Kleinbuchstaben.']],
    ['caseOnly', false, 'invalid', ['rep_not_found', 'Rep', 'There is no rep "r@x". Did you mean "R@x"?', 'Es gibt keinen Mitarbeiter „r@x“. Meinten Sie „R@x“?']],
    ['missing', false, 'invalid', ['rep_missing', 'Rep', 'The row does not say to which rep it belongs.', 'Die Zeile sagt nicht, zu welchem Mitarbeiter sie gehört.']],
    ['withoutSchedule', false, 'invalid', ['rep_without_schedule', 'Rep', 'The account of this rep has no schedule of its own and therefore no records.', 'Das Konto dieses Mitarbeiters hat keinen eigenen Besuchsplan und daher keine Datensätze.']],
    ['found', true, 'ignored', ['rep_excluded', 'Rep', 'This rep was left out of the import.', 'Dieser Mitarbeiter wurde vom Import ausgenommen.']],
    ['found', false, 'ignored', ['rep_skipped', 'Rep', 'This rep was skipped.', 'Dieser Mitarbeiter wurde übersprungen.'], 'skipped'],
  ])('%s, excluded: %s', (status, excluded, outcome, problem, progress = 'waiting') => {
    const verdict = repVerdict({ status, excluded, progress }, 'refuse');
    expect(verdict?.outcome).toBe(outcome);
    expect(told({ code: verdict?.code ?? '', params: { value: 'r@x', ...nearParams(status === 'caseOnly' ? 'R@x' : undefined) } })).toEqual(problem);
  }); // prettier-ignore
});
