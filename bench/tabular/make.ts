import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvText } from './make-csv.js';
import { odsArchive } from './make-ods.js';
import { xlsxArchive } from './make-xlsx.js';
import { inPieces } from './xml.js';

// Runs as a process of its own: the table of shared strings of a million rows is large.
const [format, file = '', rows] = process.argv.slice(2);
await pipeline(content(format, Number(rows)), createWriteStream(file));

function content(kind: string | undefined, count: number): NodeJS.ReadableStream {
  if (kind === 'xlsx') return xlsxArchive(count).outputStream;
  if (kind === 'ods') return odsArchive(count).outputStream;
  return Readable.from(inPieces(csvText(count)));
}
