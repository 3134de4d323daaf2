import { makeZip } from '../../test-support/make-zip.js';
import { mutate, type Mutation } from './mutations.js';
import { SEED_FILES } from './seed-files.js';

const STRINGS = 'xl/sharedStrings.xml';
const SHEET = 'xl/worksheets/sheet1.xml';
const TEXTS = 6_000;
/** More than readers keep in memory. */
const TEXT_LENGTH = 3_000;

let parts: Readonly<Record<string, Buffer>> | undefined;

/** A workbook whose shared strings do not fit into the memory; stored, because nobody has the time to compress it. */
export async function spillingWorkbook(part: 'strings' | 'sheet', mutations: readonly Mutation[]): Promise<Buffer> {
  parts ??= largeParts();
  const changed = part === 'strings' ? STRINGS : SHEET;
  return makeZip({ ...parts, [changed]: mutate(parts[changed] ?? Buffer.alloc(0), mutations) }, { store: true });
}

function largeParts(): Readonly<Record<string, Buffer>> {
  const xmlns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const numbers = Array.from({ length: TEXTS }, (_, i) => i);
  const texts = numbers.map((i) => `<si><t>${`Straße ${i} `.repeat(TEXT_LENGTH / 10)}</t></si>`);
  const rows = numbers.map((i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${TEXTS - 1 - i}</v></c></row>`);
  return {
    ...SEED_FILES.find(({ name }) => name === 'xlsx')?.parts,
    [STRINGS]: Buffer.from(`<sst ${xmlns}>${texts.join('')}</sst>`),
    [SHEET]: Buffer.from(`<worksheet ${xmlns}><sheetData>${rows.join('')}</sheetData></worksheet>`),
  };
}
