import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../source/bytes-source.js';
import { makeZip } from '../test-support/make-zip.js';
import { readAll } from '../test-support/read-archive.js';
import { refusalOf } from '../test-support/refusal.js';

const contents = { '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>'.repeat(50), empty: '' };
const archives = await Promise.all([
  makeZip(contents),
  makeZip(contents, { zip64: true }),
  makeZip(contents, { dataDescriptor: true }),
  makeZip(contents, { store: true }),
]);
const archive = fc.constantFrom(...archives);

/** Either the contents as they were or a refusal: `refusalOf` lets no other error pass. */
async function expectRightOrRefused(bytes: Buffer): Promise<void> {
  const read = new Map<string, Buffer>();
  const refusal = await refusalOf(
    readAll(bytesSource(bytes)).then((all) => all.forEach((value, name) => read.set(name, value))),
  );
  if (refusal !== undefined) return;
  const originals = Object.values(contents);
  for (const value of read.values()) expect(originals).toContain(value.toString());
}

describe('an archive', () => {
  it('with any bits turned has the same contents or is refused', async () => {
    const turns = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(archive, turns, async (original, changes) => {
        const bytes = Buffer.from(original);
        for (const [place, bits] of changes) bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ bits;
        await expectRightOrRefused(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('cut anywhere is refused', async () => {
    for (const original of archives) {
      for (let length = 0; length < original.length; length += 3) {
        const refusal = await refusalOf(readAll(bytesSource(original.subarray(0, length))));
        expect(refusal?.['code']).toBe('file_unreadable');
      }
    }
  });

  it('of which a part is missing or doubled has the same contents or is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        archive,
        fc.nat(),
        fc.nat({ max: 300 }),
        fc.boolean(),
        async (original, place, length, twice) => {
          const from = place % original.length;
          const rest = original.subarray(twice ? Math.max(0, from - length) : from + length);
          await expectRightOrRefused(Buffer.concat([original.subarray(0, from), rest]));
        },
      ),
      { numRuns: 300 },
    );
  });
});
