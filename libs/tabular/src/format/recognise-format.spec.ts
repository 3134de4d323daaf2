import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { bytesSource } from '../source/bytes-source.js';
import { compoundFile } from '../test-support/compound-file.js';
import { makeZip } from '../test-support/make-zip.js';
import { rawZip } from '../test-support/raw-zip.js';
import { refusalOf } from '../test-support/refusal.js';
import { recogniseFormat } from './recognise-format.js';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const recognise = (file: string | Buffer) => recogniseFormat(bytesSource(Buffer.from(file)), DEFAULT_LIMITS);

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
const rels = (target: string, type = office) =>
  `<?xml version="1.0"?><Relationships xmlns="x"><Relationship Id="a" Type="x/core-properties" Target="docProps/core.xml"/>` +
  `<Relationship Id="rId1" Type="${type}" Target="${target}"/></Relationships>`;
const manifest = (type: string, inside = '') =>
  `<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/>` +
  `<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">${inside}</manifest:file-entry></manifest:manifest>`;
const ODS = 'application/vnd.oasis.opendocument.spreadsheet';
const package_ = (target: string, part: string | Buffer, path = target) => ({
  '_rels/.rels': rels(target),
  [path]: part,
});

describe('files that are read', () => {
  it.each<[title: string, format: string, entries: Record<string, string | Buffer>]>([
    ['a workbook', 'xlsx', package_('xl/workbook.xml', '<workbook xmlns="x"/>')],
    ['with absolute targets', 'xlsx', package_('/xl/workbook.xml', '<workbook/>', 'xl/workbook.xml')],
    ['of other part names', 'xlsx', package_('data/book', '<workbook/>')],
    ['with separators of Windows', 'xlsx', { '_rels\\.rels': rels('xl\\workbook.xml'), 'xl\\workbook.xml': '<workbook/>' }],
    ['in another letter case', 'xlsx', { '_RELS/.rels': rels('XL/Workbook.xml'), 'xl/WORKBOOK.XML': '<workbook/>' }],
    ['with prefixes', 'xlsx', package_('a.xml', '<?xml version="1.0"?><!-- <document/> --><x:workbook xmlns:x="x"/>')],
    ['in UTF-16', 'xlsx', { '_rels/.rels': utf16(rels('a.xml')), 'a.xml': utf16('<workbook/>') }],
    ['of strict Open XML', 'xlsx', { '_rels/.rels': rels('a.xml', 'http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument'), 'a.xml': '<workbook/>' }],
    ['without relationships', 'xlsx', { 'xl/workbook.xml': '<workbook/>' }],
    ['whose relationships lead nowhere', 'xlsx', { ...package_('nowhere.xml', '', 'x'), 'xl/workbook.xml': '<workbook/>' }],
    ['without a workbook, which is for its reader to say', 'xlsx', { 'xl/worksheets/sheet1.xml': '<worksheet/>' }],
    ['a spreadsheet of OpenDocument', 'ods', { mimetype: ODS, 'content.xml': '' }],
    ['a template of one', 'ods', { mimetype: `${ODS}-template\n`, 'content.xml': '' }],
    ['without mimetype', 'ods', { 'META-INF/manifest.xml': manifest(ODS), 'content.xml': '' }],
    ['without mimetype and manifest', 'ods', { 'content.xml': '' }],
  ])('%s: %s', async (_, format, entries) => {
    expect((await recognise(await makeZip(entries))).format).toBe(format);
  }); // prettier-ignore

  it('an archive with the mark that it could have been split', async () => {
    const workbook = await makeZip({ 'xl/workbook.xml': '<workbook/>' });
    const split = Buffer.concat([Buffer.from('PK00'), workbook]);
    // The places in the directory are four bytes too small, so that it is recognised and refused as damaged, not as text.
    expect(await refusalOf(recognise(split))).toMatchObject({ code: 'file_unreadable' });
  });

  it.each<[title: string, file: string | Buffer]>([
    ['text', 'Name;Ort\nAnna;Wien\n'],
    ['text in UTF-16', utf16('Name;Ort\r\n')],
    ['text that begins with a tab', '\tName\tOrt\n'],
    ['a header in brackets', '<Title>;<Name>\n<Body>;x\n'],
    ['a header like a signature', 'PAR1;PAR2;BZh;GIF8\n'],
    ['a header like another one', 'ID;PLZ;Ort\n1;1010;Wien\n'],
    ['a header like a third one', 'PK;Name\n1;Anna\n'],
    ['one line', 'TABLE'],
    ['one byte', 'a'],
    ['blanks', ' \r\n'],
  ])('CSV: %s', async (_, file) => {
    expect(await recognise(file)).toEqual({ format: 'csv' });
  });
});

const refused: readonly (readonly [format: string, title: string, file: string | Buffer])[] = [
  ['XLS', 'of Excel 97', compoundFile('\x05SummaryInformation', 'Workbook')],
  ['XLS', 'of Excel 95', compoundFile('Book')],
  ['XLS', 'with many streams', compoundFile('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'Workbook')],
  ['XLS', 'of which only the beginning is there', compoundFile('Workbook').subarray(0, 600)],
  ['XLS', 'of which less is there', bytes('d0cf11e0a1b11ae1')],
  ['XLS', 'whose directory is its own successor', compoundFile('x').fill(2, 512, 1024)],
  ['XLS', 'of Excel 2', bytes('0900 0400 0200 1000')],
  ['XLS', 'of Excel 3', bytes('0902 0600 0003 1000 0000')],
  ['XLS', 'of Excel 4', bytes('0904 0600 0004 1000 0000')],
  ['XLS', 'of Excel 5 without container', bytes('0908 0800 0005 0500 f21f cd07')],
  ['DOC', 'of Word 97', compoundFile('1Table', 'WordDocument')],
  ['PPT', 'of PowerPoint 97', compoundFile('Current User', 'PowerPoint Document')],
  ['MSG', 'of Outlook', compoundFile('__nameid_version1.0', '__properties_version1.0')],
  ['PDF', '', '%PDF-1.7\n'],
  ['RTF', '', '{\\rtf1\\ansi}'],
  ['GZIP', '', gzipSync('Name;Ort\n')],
  ['7Z', '', bytes('377abcaf271c0004')],
  ['RAR', '', bytes('526172211a070100')],
  ['BZIP2', '', bytes('425a6839314159265359')],
  ['XZ', '', bytes('fd377a585a00')],
  ['ZSTD', '', bytes('28b52ffd')],
  ['TAR', '', `a.csv${'\0'.repeat(252)}ustar\0`],
  ['PNG', '', bytes('89504e470d0a1a0a')],
  ['JPEG', '', bytes('ffd8ffe0')],
  ['GIF', '', 'GIF89a'],
  ['WEBP', '', 'RIFF....WEBP'],
  ['TIFF', '', bytes('49492a00')],
  ['PARQUET', '', bytes('50415231 15041500')],
  ['ARROW', '', 'ARROW1\0\0'],
  ['SQLITE', '', 'SQLite format 3\0'],
  ['LOTUS 1-2-3', '', bytes('0000 0200 0604')],
  ['HTML', 'with a type', '\uFEFF \n<!DOCTYPE html><html>'],
  ['HTML', 'as web applications call it a workbook', '<table border=1><tr><td>Name</td></tr></table>'],
  ['HTML', 'of Excel', '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:x">'],
  ['HTML', 'in UTF-16', utf16('<html><body>')],
  ['HTML', 'behind a comment', '<!-- made by hand -->\n<HTML>'],
  ['HTML', 'without a beginning', '<meta charset="utf-8"><style>td {}</style><table><tr>'],
  ['HTML', 'as XML', '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" ""><html xmlns="x">'],
  ['MHTML', '', 'MIME-Version: 1.0\nX-Document-Type: Workbook\n'],
  ['SYLK', '', 'ID;PWXL;N;E\nP;PGeneral\n'],
  ['DIF', '', 'TABLE\r\n0,1\r\n"EXCEL"\r\n'],
  ['XML spreadsheet', 'of Excel 2003', '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'],
  ['XML spreadsheet', 'with prefixes', '<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'],
  ['FODS', '', `<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ${'xmlns:a="b" '.repeat(500)} office:mimetype="${ODS}">`],
  ['flat ODF', 'text', '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text">'],
  ['XML', '', '<?xml version="1.0"?><customers/>'],
  ['XML', 'without a root', '<?xml version="1.0"?>'],
  ['XML', 'without declaration', '<customers xmlns="x"/>'],
]; // prettier-ignore

const packages: readonly (readonly [format: string, title: string, entries: Record<string, string | Buffer>])[] = [
  ['XLSB', '', package_('xl/workbook.bin', bytes('83010000'))],
  ['XLSB', 'without relationships', { 'xl/workbook.bin': '' }],
  ['DOCX', '', package_('word/document.xml', '<w:document xmlns:w="w"/>')],
  ['DOCX', 'of other part names', package_('a.xml', '<document/>')],
  ['DOCX', 'without relationships', { 'word/document.xml': '' }],
  ['PPTX', '', package_('ppt/presentation.xml', '<p:presentation xmlns:p="p"/>')],
  ['VSDX', '', package_('visio/document.xml', '<VisioDocument/>')],
  ['ODT', '', { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '' }],
  ['ODP', '', { mimetype: 'application/vnd.oasis.opendocument.presentation', 'content.xml': '' }],
  ['ODG', '', { mimetype: 'application/vnd.oasis.opendocument.graphics', 'content.xml': '' }],
  ['SXC', '', { mimetype: 'application/vnd.sun.xml.calc', 'content.xml': '' }],
  ['EPUB', '', { mimetype: 'application/epub+zip' }],
  ['NUMBERS', '', { 'Index/Document.iwa': '', 'Metadata/Properties.plist': '' }],
  ['NUMBERS', 'in a package', { 'Index.zip': '' }],
  ['ZIP', 'of tables', { 'customers.csv': 'Name;Ort\n' }],
  ['ZIP', 'of nothing', {}],
  ['ZIP', 'whose root is a word of the language', package_('a.xml', '<constructor/>')],
]; // prettier-ignore

describe('other formats are refused by their name', () => {
  it.each(refused)('%s %s', async (format, _, file) => {
    expect(await refusalOf(recognise(file))).toEqual({ code: 'unsupported_format', format });
  });

  it.each(packages)('%s %s', async (format, _, entries) => {
    expect(await refusalOf(recognise(await makeZip(entries)))).toEqual({ code: 'unsupported_format', format });
  });
});

describe('files with a password', () => {
  it.each<[title: string, file: Buffer | Promise<Buffer>]>([
    ['a workbook', compoundFile('EncryptionInfo', 'EncryptedPackage')],
    ['with the streams of Excel in front', compoundFile('\x06DataSpaces', 'Version', 'DataSpaceMap', 'DataSpaceInfo', 'StrongEncryptionDataSpace', 'TransformInfo', 'EncryptionInfo', 'EncryptedPackage')],
    ['OpenDocument', makeZip({ mimetype: ODS, 'META-INF/manifest.xml': manifest(ODS, '<manifest:encryption-data/>') })],
    ['OpenDocument, as a whole', makeZip({ mimetype: ODS, 'encrypted-package': '', 'META-INF/manifest.xml': manifest(ODS, '<manifest:encryption-data manifest:checksum="x">') })],
    ['encrypted by the archive', rawZip([{ name: '_rels/.rels', content: rels('a.xml'), flags: 1 }])],
  ])('%s', async (_, file) => {
    expect(await refusalOf(recognise(await file))).toEqual({ code: 'file_encrypted' });
  }); // prettier-ignore
});

describe('damaged files', () => {
  it('are empty', async () => {
    expect(await refusalOf(recognise(''))).toEqual({ code: 'file_empty' });
  });

  it.each([
    ['XLSX', { '[Content_Types].xml': '', 'xl/workbook.xml': '<workbook/>' }],
    ['ODS', { mimetype: ODS, 'content.xml': '' }],
    ['ZIP', { 'a.csv': '' }],
  ])('%s is called by its name also when it is cut off', async (format, entries) => {
    const cut = (await makeZip(entries, { store: true })).subarray(0, -30);
    expect(await refusalOf(recognise(cut))).toMatchObject({ code: 'file_unreadable', format });
  });

  it('is called by its name when a part is damaged', async () => {
    const archive = rawZip([
      { name: 'docProps/thumbnail.jpeg', data: Buffer.alloc(20_000, 1), crc: 3, method: 0, size: 20_000 },
      { name: 'xl/workbook.xml', content: '<workbook/>', crc: 1 },
    ]);
    const recognised = await recognise(archive);
    if (recognised.format !== 'xlsx') throw new Error(recognised.format);
    const part = recognised.archive.entries.get('xl/workbook.xml');
    if (!part) throw new Error('no part');
    expect(await refusalOf(recognised.archive.bytes(part, 100))).toMatchObject({ format: 'XLSX' });
  });

  it.each([
    ['a bomb of a manifest', { mimetype: ODS, 'META-INF/manifest.xml': Buffer.alloc(12_000_000, '<a ') }],
    ['a bomb of relationships', { '_rels/.rels': Buffer.alloc(3_000_000, '<Relationship '), 'content.xml': '' }],
    ['one tag without end', { mimetype: ODS, 'META-INF/manifest.xml': Buffer.alloc(4_000_000, '<m:file-entry m:full-path="/" ') }],
    ['many tags without end', { '_rels/.rels': Buffer.alloc(1_000_000, '<Relationship Type = '), 'content.xml': '' }],
    ['many comments without end', { ...package_('a.xml', Buffer.alloc(1_000_000, '<!-- ')), 'content.xml': '' }],
  ])('%s takes no time', async (_, entries) => {
    expect((await recognise(await makeZip(entries))).format).toBe('ods');
  }); // prettier-ignore

  it.each([
    ['comments', '<!-- -->'.repeat(3000)],
    ['comments without end', '<!-- '.repeat(4000)],
    ['blanks', `<!-- -->${' '.repeat(20_000)}`],
    ['instructions', '<?xml ?>'.repeat(3000)],
    ['brackets', '<'.repeat(20_000)],
  ])('a page of %s takes no time', async (_, text) => {
    const outcome = await refusalOf(recognise(text));
    expect([undefined, 'unsupported_format']).toContain(outcome?.['code']);
  });

  it('a mimetype that is a bomb is none', async () => {
    const zeros = Buffer.alloc(20_000_000);
    const archive = rawZip([{ name: 'mimetype', data: deflateRawSync(zeros), size: zeros.length, crc: 0 }]);
    expect(await refusalOf(recognise(archive))).toEqual({ code: 'unsupported_format', format: 'ZIP' });
  });
});
