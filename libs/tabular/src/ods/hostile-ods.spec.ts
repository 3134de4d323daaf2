import { describe, expect, it } from 'vitest';
import { makeZip } from '../test-support/make-zip.js';
import { odsContent, odsRow, odsSheet, odsText } from '../test-support/ods-content.js';
import { makeOds, openOdsBytes, readContent } from '../test-support/open-ods-bytes.js';
import { refusalOf } from '../test-support/refusal.js';
import { countEffort } from '../test-support/effort.js';

const BILLION = '999999999';
const sheet = (rows: string): string => odsContent(odsSheet(rows));
const row = (times: string, cells: string): string =>
  `<table:table-row table:number-rows-repeated="${times}">${cells}</table:table-row>`;
const cell = odsText('bomb', ` table:number-columns-repeated="${BILLION}"`);
const blank = `<table:table-cell table:number-columns-repeated="${BILLION}"/>`;
const paragraph = (content: string): string => sheet(odsRow(odsText(`<text:p>${content}</text:p>`)));
const good = sheet(odsRow(odsText('a')));

const REFUSED: [name: string, content: string | Buffer, refusal: Record<string, unknown>][] = [
  ['a text in a billion columns', sheet(odsRow(cell)), { code: 'too_many_columns', row: 1, columns: 999_999_999 }],
  ['a text behind a billion columns', sheet(odsRow(blank, odsText('a'))), { code: 'too_many_columns' }],
  ['a text in a billion rows', sheet(row(BILLION, odsText('a'))), { code: 'too_many_rows', limit: 100_000 }],
  ['repeats beyond all numbers', sheet(row('9'.repeat(400), odsText('a'))), { code: 'too_many_rows' }],
  ['a text behind a billion rows', sheet(row(BILLION, blank) + odsRow(odsText('a'))), { code: 'too_many_rows', limit: 16_777_216 }],
  ['wide rows, often repeated', sheet(row('99999', odsText('a', ' table:number-columns-repeated="2000"'))), { code: 'unpack_ratio_too_high' }],
  ['a billion spaces', paragraph(`a<text:s text:c="${BILLION}"/>`), { code: 'cell_too_long', row: 1, limit: 32_767 }],
  ['many times many spaces', paragraph('<text:s text:c="30000"/>'.repeat(2000)), { code: 'cell_too_long' }],
  ['a paragraph without end', paragraph('x'.repeat(5_000_000)), {}],
  ['a million paragraphs', sheet(odsRow(odsText('<text:p>x</text:p>'.repeat(1_000_000)))), { code: 'cell_too_long' }],
  ['a value without end', sheet(odsRow(`<table:table-cell office:value-type="string" office:string-value="${'x'.repeat(40_000)}"/>`)), { code: 'cell_too_long' }],
  ['spans nested without end', paragraph('<text:span>'.repeat(100_000)), { code: 'file_unreadable' }],
  ['groups nested without end', odsContent(`<table:table table:name="A">${'<table:table-row-group>'.repeat(100_000)}`), { code: 'file_unreadable' }],
  ['a DOCTYPE with entities', good.replace('?>', '?><!DOCTYPE x [<!ENTITY a "&#65;"><!ENTITY b "&a;&a;&a;">]>'), { code: 'doctype_forbidden' }],
  ['an entity that nobody declared', paragraph('&b;'), { code: 'file_unreadable' }],
  ['a reference to no character', paragraph('&#0;'), { code: 'file_unreadable' }],
  ['XML that is cut off', good.slice(0, good.indexOf('</office:body>')), { code: 'file_unreadable' }],
  ['XML that is cut off in a cell', good.slice(0, good.indexOf('</text:p>')), { code: 'file_unreadable' }],
  ['a comment without end', good.replace('<table:table-row', '<!-- <table:table-row'), { code: 'file_unreadable' }],
  ['tags that cross', sheet('<table:table-row><table:table-cell></table:table-row></table:table-cell>'), { code: 'file_unreadable' }],
  ['bytes that are not UTF-8', Buffer.from(good.replace('>a<', '>\u00E4<'), 'latin1'), { code: 'wrong_encoding' }],
  ['nothing', '', { code: 'file_unreadable' }],
  ['binary', Buffer.alloc(10_000, 0x81), {}],
  ['another kind of XML', '<html><body>x</body></html>', { code: 'file_unreadable', format: 'ODS' }],
  ['a spreadsheet without sheets', odsContent(''), { code: 'no_sheets' }],
  ['a spreadsheet with values of other files only', odsContent(odsSheet('', `table:name="'file:///a.ods'#$A"`)), { code: 'no_sheets' }],
  ['a text document', good.replaceAll('office:spreadsheet', 'office:text'), { code: 'unsupported_format', format: 'ODT' }],
  ['a presentation', good.replaceAll('office:spreadsheet', 'office:presentation'), { code: 'unsupported_format', format: 'ODP' }],
]; // prettier-ignore

describe('hostile files', () => {
  it.each(REFUSED)('%s', async (_name, content, refusal) => {
    const effort = countEffort();
    expect(await refusalOf(readContent(content))).toMatchObject({ code: expect.any(String), ...refusal });
    expect(effort()).toBeLessThan(10_000);
  });

  it.each([
    ['a billion blank columns and rows', sheet(odsRow(odsText('a'), blank) + row(BILLION, blank).repeat(1000))],
    ['a million empty elements', sheet('<table:shapes/>'.repeat(1_000_000) + odsRow(odsText('a')))],
    ['elements nested without end where they are passed over', sheet(`<table:shapes>${'<x>'.repeat(100_000)}</table:shapes>${odsRow(odsText('a'))}`)],
    ['many attributes', sheet(`<table:table-row ${Array.from({ length: 50_000 }, (_, at) => `a${at}="1"`).join(' ')}>${odsText('a')}</table:table-row>`)],
    ['names of its own for every cell', sheet(odsRow(odsText('a'), ...Array.from({ length: 50_000 }, (_, at) => `<table:table-cell xmlns:x${at}="urn:x"/>`)))],
    ['attributes of a cell that are there again and again', sheet(odsRow(odsText('a'), `<table:table-cell x="${'x'.repeat(2_000_000)}"/>`, `<table:table-cell${' table:style-name="a"'.repeat(40_000)} x="1"/>`))],
    ['attributes named as what objects inherit', sheet(odsRow(odsText('a', ' __proto__="x" constructor="y" table:constructor="z"')))],
  ])('%s cost nothing', async (_name, content) => {
    const effort = countEffort();
    expect(await readContent(content, { unpackRatio: 100_000 })).toEqual([{ row: 1, cells: ['a'] }]);
    expect(effort()).toBeLessThan(10_000);
  }); // prettier-ignore

  it('a file that is cut off, everywhere', async () => {
    const file = await makeOds(good);
    for (let length = 0; length < file.length; length += 7) {
      const opened = openOdsBytes(file.subarray(0, length));
      expect(await refusalOf(opened)).toMatchObject({ code: expect.any(String) });
    }
  });

  it('an archive without content', async () => {
    const file = await makeZip({ 'styles.xml': '<a/>' });
    expect(await refusalOf(openOdsBytes(file))).toMatchObject({ code: 'file_unreadable', format: 'ODS' });
  });
});
