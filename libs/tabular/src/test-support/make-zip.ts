import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface MakeZipOptions {
  /** With the records for large files, however small it is. */
  readonly zip64?: boolean;
  /** Sizes and checksum follow the contents, as programs write them that stream. */
  readonly dataDescriptor?: boolean;
  /** Not compressed. */
  readonly store?: boolean;
}

/** A zip archive as programs write them. @param entries contents by name */
export async function makeZip(
  entries: Readonly<Record<string, string | Buffer>>,
  options: MakeZipOptions = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  const { zip64: forceZip64Format = false, store = false } = options;
  for (const [name, content] of Object.entries(entries)) {
    const bytes = Buffer.from(content);
    const settings = { compress: !store, forceZip64Format };
    if (options.dataDescriptor === true) zip.addReadStream(Readable.from([bytes]), name, settings);
    else zip.addBuffer(bytes, name, settings);
  }
  zip.end({ forceZip64Format, comment: '' });
  return buffer(zip.outputStream);
}
