import { describe, expect, it } from 'vitest';
import { bytesSource } from '../source/bytes-source.js';
import { openTable } from '../open-table.js';
import { encodeCsvText } from './encode-text.js';
import { CSV_ENCODINGS, type CsvEncoding } from './encodings.js';

async function readAs(bytes: Buffer, encoding: CsvEncoding): Promise<string[][]> {
  const table = await openTable(bytesSource(bytes), { csv: { encoding } });
  const rows: string[][] = [];
  for await (const batch of table.read()) rows.push(...batch.rows.map(({ cells }) => cells));
  await table.close();
  return rows;
}

/** Every character that a single byte means, but for the controls, and the five that mean nothing in Windows-1252. */
const SINGLE = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte >= 32 && byte !== 34 && byte !== 44 && byte !== 127 && ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte)); // prettier-ignore

const WIDE = CSV_ENCODINGS.filter((encoding) => encoding.startsWith('utf'));
const OF_ONE_BYTE = CSV_ENCODINGS.filter((encoding) => !encoding.startsWith('utf'));

describe('encodeCsvText', () => {
  it.each(WIDE)('writes what is read back: %s', async (encoding) => {
    const bytes = encodeCsvText('Größe,€ 😀\r\n007,Łódź\r\n', encoding);
    expect(await readAs(bytes, encoding)).toEqual([['Größe', '€ 😀'], ['007', 'Łódź']]); // prettier-ignore
  });

  it.each(OF_ONE_BYTE)('gives the bytes back that the reader made a text of: %s', async (encoding) => {
    const bytes = Buffer.concat([Buffer.from('A,B\r\n7,'), Buffer.from(SINGLE), Buffer.from('\r\n')]);
    const rows = await readAs(bytes, encoding);
    const text = rows.map((cells) => `${cells.join(',')}\r\n`).join('');
    expect(encodeCsvText(text, encoding).equals(bytes)).toBe(true);
  });
});
