import { TabularError } from '../tabular-error.js';
import type { TableContext } from '../table.js';
import type { XmlScanner } from '../xml/xml-scanner.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { FastStrings } from './fast-strings.js';
import { maxRawLength, RichText } from './rich-text.js';
import { scanPart } from './scan-part.js';
import { SharedStrings } from './shared-strings.js';

/** @throws TabularError too_many_shared_strings, cell_too_long, and what a damaged part is refused with */
export async function readSharedStrings(
  archive: Archive,
  entry: ArchiveEntry,
  { limits, temporaryFolder }: TableContext,
  signal?: AbortSignal,
): Promise<SharedStrings> {
  const strings = new SharedStrings({ temporaryFolder });
  const rich = new RichText();
  let fast: FastStrings | undefined;
  const finish = (): void => {
    if (strings.length >= limits.sharedStrings) {
      throw new TabularError('too_many_shared_strings', { limit: limits.sharedStrings });
    }
    strings.add(rich.text);
  };
  const onTag = (tag: XmlScanner): void => {
    if (tag.name === 'sst' && tag.depth === 1) takeFast(tag);
    else if (tag.name !== 'si') rich.take(tag);
    else if (tag.isOpen) {
      rich.begin();
      if (tag.isSelfClosing) finish();
    } else {
      finish();
      takeFast(tag);
    }
    if (rich.text.length > limits.cellLength) throw new TabularError('cell_too_long', { limit: limits.cellLength });
  };
  const takeFast = (tag: XmlScanner): void => {
    fast ??= new FastStrings(strings, limits, tag.prefix);
    tag.skipTo(fast.take(tag.bytes, tag.position));
  };
  const onPause = ({ pendingLength }: XmlScanner): void => {
    if (pendingLength > maxRawLength(limits.cellLength))
      throw new TabularError('cell_too_long', { limit: limits.cellLength });
  };
  try {
    await scanPart(archive, entry, onTag, { signal, onPause });
    return strings;
  } catch (error) {
    strings.close();
    throw error;
  }
}
