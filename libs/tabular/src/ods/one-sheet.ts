import { TabularError, type TabularErrorCode } from '../tabular-error.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { OdfScanner } from './odf-scanner.js';

/** Programs that count the tables anew whenever they write a file. */
const COUNTING = /^(?:LibreOffice|OpenOffice|Apache_OpenOffice|OpenOffice\.org|NeoOffice|Collabora|Muster)\b/;

const LARGE = 512 * 1024;
const META_BYTES = 1024 * 1024;

/**
 * Whether `meta.xml` says that the content, which is large, has one sheet only. It is right in all files as the programs
 * write them; tools that change a file later may leave the number as it was.
 *
 * @throws TabularError when the archive is damaged, doctype_forbidden
 */
export async function claimsOneSheet(archive: Archive, content: ArchiveEntry): Promise<boolean> {
  const meta = archive.entries.get('meta.xml');
  if (!meta || content.compressedSize < LARGE || meta.size > META_BYTES) return false;
  const bytes = await archive.bytes(meta, META_BYTES);
  try {
    const { generator, tables } = metaOf(bytes);
    return tables === '1' && COUNTING.test(generator.trim());
  } catch (error) {
    // Nothing that matters stands in it: a spreadsheet opens the file all the same.
    if (error instanceof TabularError && DAMAGE.has(error.code)) return false;
    throw error;
  }
}

const DAMAGE: ReadonlySet<TabularErrorCode> = new Set(['file_unreadable', 'wrong_encoding']);

function metaOf(bytes: Buffer): { generator: string; tables: string | undefined } {
  const scanner = new OdfScanner();
  const found: { generator: string; tables: string | undefined } = { generator: '', tables: undefined };
  scanner.push(bytes, true);
  while (scanner.next()) {
    if (!scanner.isOpen) {
      if (scanner.name === 'meta:generator') found.generator = scanner.text;
    } else if (scanner.name === 'meta:document-statistic') found.tables = scanner.attribute('meta:table-count');
  }
  return found;
}
