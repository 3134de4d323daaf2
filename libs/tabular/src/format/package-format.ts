import { TabularError } from '../tabular-error.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { attributeOf, findTag } from './find-tag.js';

const MIMETYPE_LENGTH = 256;
const MANIFEST_LENGTH = 4 * 1024 * 1024;
const RELATIONSHIPS_LENGTH = 1024 * 1024;
const ROOT_LENGTH = 4096;

const ODF_TYPES: readonly (readonly [type: string, format: string])[] = [
  ['opendocument.spreadsheet', 'ods'],
  ['opendocument.text', 'ODT'],
  ['opendocument.presentation', 'ODP'],
  ['opendocument.graphics', 'ODG'],
  ['sun.xml.calc', 'SXC'],
  ['epub', 'EPUB'],
];
/** By the root element of the main part. */
const OPEN_XML_ROOTS = new Map([
  ['workbook', 'xlsx'],
  ['document', 'DOCX'],
  ['presentation', 'PPTX'],
  ['VisioDocument', 'VSDX'],
]);
/** Parts that tell what a package is when nothing else does. */
const KNOWN_PARTS: readonly (readonly [part: RegExp, format: string])[] = [
  [/^xl\/workbook\.bin$/, 'XLSB'],
  [/^word\/document\.xml$/, 'DOCX'],
  [/^ppt\/presentation\.xml$/, 'PPTX'],
  [/^(?:index\.zip|index\/document\.iwa)$/, 'NUMBERS'],
  // What is missing or wrong in these is for their readers to say.
  [/^xl\/./, 'xlsx'],
  [/^content\.xml$/, 'ods'],
];

type Parts = ReadonlyMap<string, ArchiveEntry>;

/**
 * What an archive is: `xlsx`, `ods`, `encrypted`, or the name of another format. Other programs do not care about letter
 * case and separators of names, so neither does this.
 *
 * @throws TabularError of the parts that have to be looked into
 */
export async function packageFormat(archive: Archive): Promise<string> {
  const parts = new Map([...archive.entries.values()].map((entry) => [entry.name.toLowerCase(), entry]));
  return (await odfFormat(archive, parts)) ?? (await openXmlFormat(archive, parts)) ?? knownFormat(parts) ?? 'ZIP';
}

async function odfFormat(archive: Archive, parts: Parts): Promise<string | undefined> {
  const mimetype = await text(archive, parts.get('mimetype'), MIMETYPE_LENGTH);
  const manifest = await text(archive, parts.get('meta-inf/manifest.xml'), MANIFEST_LENGTH);
  // The manifest has it too, for a package without the file.
  const root = findTag(manifest, 'file-entry', (tag) => attributeOf(tag, 'full-path') === '/') ?? '';
  const type = mimetype || (attributeOf(root, 'media-type') ?? '');
  const format = ODF_TYPES.find(([part]) => type.includes(part))?.[1];
  if (format === undefined) return undefined;
  return findTag(manifest, 'encryption-data', () => true) === undefined ? format : 'encrypted';
}

/** The relationships name the main part, which may be called anything; its root element says what it is. */
async function openXmlFormat(archive: Archive, parts: Parts): Promise<string | undefined> {
  const relationships = await text(archive, parts.get('_rels/.rels'), RELATIONSHIPS_LENGTH);
  const isMain = (tag: string) => attributeOf(tag, 'Type')?.toLowerCase().endsWith('/officedocument') ?? false;
  const main = findTag(relationships, 'Relationship', isMain) ?? '';
  const target = (attributeOf(main, 'Target') ?? '').replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  const part = parts.get(target.toLowerCase());
  if (!part) return undefined;
  if (target.toLowerCase().endsWith('.bin')) return 'XLSB';
  return OPEN_XML_ROOTS.get(rootElement(await beginning(archive, part)));
}

function rootElement(markup: string): string {
  return /<(?:[\w.-]+:)?([A-Za-z]\w*)/.exec(markup.replaceAll(/<!--[\s\S]*?-->/g, ''))?.[1] ?? '';
}

function knownFormat(parts: Parts): string | undefined {
  const names = [...parts.keys()];
  return KNOWN_PARTS.find(([part]) => names.some((name) => part.test(name)))?.[1];
}

async function beginning(archive: Archive, entry: ArchiveEntry): Promise<string> {
  for await (const chunk of archive.stream(entry)) return ascii(chunk.subarray(0, ROOT_LENGTH));
  return '';
}

/** A part in which only ASCII matters; nothing when it is missing or far larger than such a part is. */
async function text(archive: Archive, entry: ArchiveEntry | undefined, maxBytes: number): Promise<string> {
  if (!entry) return '';
  try {
    return ascii(await archive.bytes(entry, maxBytes));
  } catch (error) {
    if (error instanceof TabularError && error.code === 'unpacks_too_large') return '';
    throw error;
  }
}

/** As Latin-1, without the zeros of UTF-16. */
function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').replaceAll('\0', '');
}
