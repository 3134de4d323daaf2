import { TabularError } from '../tabular-error.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';
import type { PackageParts, Relationship } from './package-parts.js';
import { scanPart } from './scan-part.js';
import { unescapeString } from './string-escapes.js';
import { unreadable } from './xlsx-error.js';

export interface WorkbookSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Undefined when the archive does not have the part that the workbook names. */
  readonly entry: ArchiveEntry | undefined;
}

export interface Workbook {
  /** Sheets with cells, in the order of the workbook. */
  readonly sheets: readonly WorkbookSheet[];
  readonly date1904: boolean;
  readonly styles: ArchiveEntry | undefined;
  readonly sharedStrings: ArchiveEntry | undefined;
}

interface SheetElement {
  readonly name: string;
  readonly hidden: boolean;
  readonly relationId: string | undefined;
}

/** More than any program makes, few enough to keep. */
const SHEETS = 20_000;
/** Sheets without cells of their own: charts, dialogues, macros of Excel 4. */
const NO_TABLES = new Set(['chartsheet', 'dialogsheet', 'xlmacrosheet', 'xlintlmacrosheet']);

/** @throws TabularError unsupported_format, file_unreadable, no_sheets */
export async function readWorkbook(archive: Archive, parts: PackageParts): Promise<Workbook> {
  const name = await workbookName(parts);
  const entry = parts.find(name);
  if (!entry) throw unreadable('it has no workbook');
  if (/\.bin$/i.test(name)) throw new TabularError('unsupported_format', { format: 'XLSB' });
  const relationships = await parts.relationshipsOf(name);
  const { elements, date1904 } = await scanWorkbook(archive, entry);
  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
  const sheets: WorkbookSheet[] = [];
  for (const element of elements) {
    const relationship = byId.get(element.relationId ?? '');
    if (relationship && NO_TABLES.has(relationship.type)) continue;
    sheets.push({ name: element.name, hidden: element.hidden, entry: partOf(parts, relationship) });
  }
  if (sheets.length === 0) throw new TabularError('no_sheets');
  // Some writers forget the relationship, and use the name that everybody uses.
  const partOfType = (type: string, usualName: string): ArchiveEntry | undefined =>
    partOf(
      parts,
      relationships.find((relationship) => relationship.type === type),
    ) ?? parts.find(name.slice(0, name.lastIndexOf('/') + 1) + usualName);
  return {
    sheets,
    date1904,
    styles: partOfType('styles', 'styles.xml'),
    sharedStrings: partOfType('sharedstrings', 'sharedStrings.xml'),
  };
}

async function workbookName(parts: PackageParts): Promise<string> {
  const relationships = await parts.relationshipsOf('');
  const found = relationships.find(({ type, target }) => type === 'officedocument' && target !== undefined);
  return found?.target ?? 'xl/workbook.xml';
}

async function scanWorkbook(
  archive: Archive,
  entry: ArchiveEntry,
): Promise<{ elements: SheetElement[]; date1904: boolean }> {
  const elements: SheetElement[] = [];
  let date1904 = false;
  let isRoot = true;
  await scanPart(archive, entry, (tag) => {
    if (isRoot && tag.name !== 'workbook') throw unreadable('its main part is no workbook');
    isRoot = false;
    if (tag.isClose) return;
    // Excel 2013 has another of this name, in an extension.
    if (tag.name === 'workbookPr' && tag.depth - (tag.isSelfClosing ? 0 : 1) === 1)
      date1904 = isTrue(tag.attribute('date1904'));
    if (tag.name !== 'sheet') return;
    if (elements.length >= SHEETS) throw unreadable('too many sheets');
    const state = tag.attribute('state')?.toLowerCase();
    elements.push({
      name: unescapeString(tag.attribute('name') ?? ''),
      hidden: state === 'hidden' || state === 'veryhidden',
      relationId: tag.attribute('id'),
    });
  });
  return { elements, date1904 };
}

function partOf(parts: PackageParts, relationship: Relationship | undefined): ArchiveEntry | undefined {
  return relationship?.target === undefined ? undefined : parts.find(relationship.target);
}

/** The forms of `xsd:boolean`, and `on` of the transitional schema. */
function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['1', 'true', 'on'].includes(value.trim().toLowerCase());
}
