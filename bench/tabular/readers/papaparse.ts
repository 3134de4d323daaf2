import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { measure } from './reading.js';

await measure(
  (file) =>
    new Promise((settle, reject) => {
      const counts = { rows: 0, cells: 0 };
      // Told what to expect, as text, in chunks: its fastest way.
      Papa.parse<string[]>(createReadStream(file, 'utf8'), {
        delimiter: ';',
        newline: '\r\n',
        skipEmptyLines: true,
        chunk: ({ data }) => {
          for (const cells of data) {
            counts.rows++;
            for (const cell of cells) if (cell !== '') counts.cells++;
          }
        },
        complete: () => settle(counts),
        error: reject,
      });
    }),
);
