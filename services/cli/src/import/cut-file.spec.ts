import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTableWriter,
  encodeCsvText,
  isBlank,
  openTable,
  type OutputRow,
  type TableFormat,
} from '@muster/tabular';
import { cutFile, type CutPart, type PartLimits } from './cut-file.js';
import { openOriginal, type SourceSaid } from './original.js';

const ROOM: PartLimits = { rows: 100_000, bytes: 1 << 30 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-cut-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Row {
  readonly row: number;
  readonly cells: readonly string[];
  readonly kinds?: readonly string[] | undefined;
}

async function written(format: TableFormat, rows: readonly OutputRow[], sheetName?: string): Promise<Buffer> {
  const stream = new PassThrough();
  const bytes = buffer(stream);
  const writer = await createTableWriter(format, stream, { sheetName });
  await writer.write(rows);
  await writer.end();
  return bytes;
}

async function rowsOf(file: string | Uint8Array, encoding?: string): Promise<{ rows: Row[]; openEnd?: number }> {
  const table = await openTable(file, { csv: { encoding } });
  const rows: Row[] = [];
  let openEnd: number | undefined;
  for await (const batch of table.read()) {
    rows.push(...batch.rows.filter(({ cells }) => !isBlank(cells)));
    openEnd = batch.openEnd;
  }
  await table.close();
  return { rows, ...(openEnd !== undefined && { openEnd }) };
}

/** The parts, and the rows that they hold by the numbers of the original. */
async function cut(name: string, content: string | Uint8Array, limits: Partial<PartLimits>, said: SourceSaid = {}) {
  const path = join(folder, name);
  await writeFile(path, content);
  const original = await openOriginal(path, said);
  const parts: CutPart[] = [];
  const [heads, data]: [Row[][], Row[]] = [[], []];
  let openEnd: number | undefined;
  for await (const part of cutFile(original, { ...ROOM, ...limits })) {
    const read = await rowsOf(new Uint8Array(await part.file.arrayBuffer()), said.encoding);
    parts.push(part);
    heads.push(read.rows.filter(({ row }) => row < original.firstDataRow));
    const here = read.rows.filter(({ row }) => row >= original.firstDataRow);
    expect(here).toHaveLength(part.rows);
    data.push(...here.map((row) => ({ ...row, row: row.row + part.rowOffset })));
    openEnd = read.openEnd;
  }
  await original.table.close();
  return { parts, heads, data, openEnd, original: (await rowsOf(path, said.encoding)).rows };
}

describe('cutFile', () => {
  it('gives a file that fits as it is, byte for byte', async () => {
    const content = encodeCsvText('Nr;Größe\r\n007;1,5', 'windows-1252');
    const { parts } = await cut('fits.csv', content, { rows: 1 });
    expect(parts).toMatchObject([{ part: 1, isWhole: true, rows: 1, rowOffset: 0, fileName: 'fits.csv' }]);
    expect(Buffer.from(await (parts[0]?.file ?? new Blob([])).arrayBuffer()).equals(content)).toBe(true);
  });

  it('repeats what stands above the data, and keeps blank rows, leading zeros and row numbers', async () => {
    const content = 'Kundenliste;;\r\n\r\nNr;Name;Seit\r\n007;"a;b";31.07.2026\r\n\r\n  ;;\r\n008;=1+1;\r\n09;" x";1,50\r\n'; // prettier-ignore
    const { parts, heads, data, original } = await cut('list.csv', content, { rows: 1 });
    expect(parts.map(({ part, rows, rowOffset }) => [part, rows, rowOffset])).toEqual([[1, 1, 0], [2, 1, 3], [3, 1, 4]]); // prettier-ignore
    expect(data).toEqual(original.slice(2));
    expect(data.map(({ cells }) => cells[0])).toEqual(['007', '008', '09']);
    for (const head of heads) expect(head).toEqual(original.slice(0, 2));
    expect(parts[0]?.fields).toMatchObject({ headerRow: 3, encoding: 'utf-8', delimiter: ';' });
  });

  it.each(['xlsx', 'ods'] as const)('keeps what cells of %s are, and the sheet', async (format) => {
    const rows: OutputRow[] = [
      ['Nr', 'Betrag', 'Tag', 'Anteil', 'Aktiv'],
      ...Array.from({ length: 7 }, (_, i) => ({
        row: 3 + i * 2,
        cells: [`00${i}`, { text: `${i}.5`, kind: 'number' }, { text: '2026-07-31', kind: 'date' }, { text: '0.15', kind: 'percent' }, { text: 'TRUE', kind: 'boolean' }] as const, // prettier-ignore
      })),
    ];
    const sheet = 'Kunden 2026';
    const { parts, data, original } = await cut(
      `k.${format}`,
      await written(format, rows, sheet),
      { rows: 3 },
      { sheet },
    );
    expect(parts.map(({ fields }) => fields['sheet'])).toEqual([sheet, sheet, sheet]);
    for (const { part, fileName } of parts)
      expect(fileName).toMatch(new RegExp(`^k-${part}-[0-9a-f]{16}\\.${format}$`));
    expect(data).toEqual(original.slice(1));
  });

  it('begins another part before one is too large', async () => {
    const content = `Nr;Text\r\n${Array.from({ length: 500 }, (_, i) => `${i};${'ä'.repeat(1_000)}\r\n`).join('')}`;
    const { parts, data } = await cut('large.csv', content, { bytes: 400_000 });
    expect(parts.length).toBeGreaterThan(2);
    for (const { file } of parts) expect(file.size).toBeLessThanOrEqual(400_000);
    expect(data).toHaveLength(500);
  });

  it('lets the last part end as the file does: a row that looks cut off still does', async () => {
    const { openEnd, data } = await cut('cut.csv', 'Nr;Name;Ort\r\n1;a;b\r\n2;c;d\r\n3;e', { rows: 2 });
    expect({ openEnd, last: data.at(-1) }).toEqual({ openEnd: 2, last: { row: 4, cells: ['3', 'e'] } });
  });

  it('writes in the encoding that the configuration names, since the parts are read by it', async () => {
    const said = { encoding: 'iso-8859-15', delimiter: ',' };
    const { data } = await cut('euro.csv', encodeCsvText('Nr,€\r\n1,Ž\r\n2,ÿ\r\n', 'iso-8859-15'), { rows: 1 }, said);
    expect(data.map(({ cells }) => cells[1])).toEqual(['Ž', 'ÿ']);
  });

  it('names parts by what is in them, the same each time', async () => {
    const table = [['Nr'], ...Array.from({ length: 4 }, (_, i) => [`${i}`])];
    const names = async () => (await cut('same.xlsx', await written('xlsx', table), { rows: 2 })).parts.map(({ fileName }) => fileName); // prettier-ignore
    const [first, again] = [await names(), await names()];
    expect(again).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('refuses a file without data', async () => {
    await expect(cut('empty.csv', 'Nr;Name\r\n', {})).rejects.toThrow('no_data_rows');
  });

  it('loses and invents nothing, however a file is cut', async () => {
    const cell = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('', ' ', '007', '=1', "'=1", 'a"b', 'x;y', 'l1\r\nl2', 'ä€😀')); // prettier-ignore
    const table = fc.array(fc.array(cell.filter((text) => text.isWellFormed() && !text.includes('\0')), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 5 }), async (rows, size) => {
        const bytes = await written('csv', [['Id', 'Name', 'Text'], ...rows.map((cells, i) => [`i${i}`, ...cells.slice(1)])]); // prettier-ignore
        const { parts, data, original } = await cut('any.csv', bytes, { rows: size }, { headerRow: 1, delimiter: ',' });
        expect(data).toEqual(original.slice(1));
        expect(parts).toHaveLength(Math.ceil(rows.length / size));
      }),
      { numRuns: 60 },
    );
  });
});
