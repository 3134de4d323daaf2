import { describe, expect, it } from 'vitest';
import { odsContent, odsRow, odsSheet, odsText } from '../test-support/ods-content.js';
import { openOdsBytes, makeOds, readContent } from '../test-support/open-ods-bytes.js';
import { refusalOf } from '../test-support/refusal.js';

const MEGABYTE = 1024 ** 2;
const good = odsRow(odsText('a'));

describe('names that a file makes up', () => {
  it('do not stay in memory when they are prefixes', async () => {
    const content = odsContent(odsSheet(Array.from({ length: 200_000 }, (_, at) => `<p${at}:x/>`).join('') + good));
    const table = await openOdsBytes(await makeOds(content), { unpackRatio: 100_000 });
    const before = process.memoryUsage().heapUsed;
    for await (const { rows } of table.read()) expect(rows).toEqual([{ row: 1, cells: ['a'] }]);
    expect((process.memoryUsage().heapUsed - before) / MEGABYTE).toBeLessThan(30);
    await table.close();
  });

  it('are refused when thousands of namespaces are declared one within the other', async () => {
    const declared = Array.from({ length: 20_000 }, (_, at) => ` xmlns:p${at}="u"`).join('');
    const nested = Array.from({ length: 200 }, (_, at) => `<text:span xmlns:q${at}="u">`).join('');
    const cell = odsText(`<text:p><text:span${declared}>${nested}a${'</text:span>'.repeat(201)}</text:p>`);
    expect(await refusalOf(readContent(odsContent(odsSheet(odsRow(cell)))))).toMatchObject({
      code: 'file_unreadable',
      reason: 'too many namespaces',
    });
  });

  it.each([
    ['sheets', odsContent('<table:table table:name="a"/>'.repeat(20_001))],
    [
      'styles of hidden sheets',
      odsContent(
        odsSheet(good),
        Array.from(
          { length: 100_001 },
          (_, at) => `<style:style style:name="s${at}"><style:table-properties table:display="false"/></style:style>`,
        ).join(''),
      ),
    ],
  ])('are refused when there are too many %s', async (what, content) => {
    expect(await refusalOf(readContent(content, { unpackRatio: 100_000 }))).toMatchObject({
      code: 'file_unreadable',
      reason: `too many ${what}`,
    });
  });
});
