type Part = readonly [offset: number, bytes: string];

/** Long enough that no header of a table of text is taken for one. */
const SIGNATURES: readonly (readonly [format: string, ...parts: Part[]])[] = [
  ['PDF', [0, '%PDF-']],
  ['RTF', [0, '{\\rtf']],
  ['GZIP', [0, '\x1f\x8b']],
  ['7Z', [0, "7z\xbc\xaf'\x1c"]],
  ['RAR', [0, 'Rar!\x1a\x07']],
  ['BZIP2', [0, 'BZh'], [4, '1AY&SY']],
  ['XZ', [0, '\xfd7zXZ\0']],
  ['ZSTD', [0, '\x28\xb5\x2f\xfd']],
  ['TAR', [257, 'ustar\0']],
  ['TAR', [257, 'ustar  ']],
  ['PNG', [0, '\x89PNG']],
  ['JPEG', [0, '\xff\xd8\xff']],
  ['GIF', [0, 'GIF87a']],
  ['GIF', [0, 'GIF89a']],
  ['TIFF', [0, 'II*\0']],
  ['TIFF', [0, 'MM\0*']],
  ['WEBP', [0, 'RIFF'], [8, 'WEBP']],
  ['PARQUET', [0, 'PAR1\x15']],
  ['ARROW', [0, 'ARROW1\0\0']],
  ['SQLITE', [0, 'SQLite format 3\0']],
  ['LOTUS 1-2-3', [0, '\0\0\x02\0']],
  ['LOTUS 1-2-3', [0, '\0\0\x1a\0']],
];

/** The first record of Excel before the compound file: BOF of BIFF 2, 3, 4, 5, and how long it may be. */
const BEGINNING_OF_FILE = 0x09;
const BIFF_VERSIONS = new Set([0x00, 0x02, 0x04, 0x08]);
const RECORD_LENGTHS = { shortest: 4, longest: 16 };

/** The name of a format that is no text and no container. @param head the beginning as Latin-1, 300 characters do */
export function binaryFormat(head: string): string | undefined {
  if (isRawBiff(head)) return 'XLS';
  return SIGNATURES.find(([, ...parts]) => parts.every(([offset, bytes]) => head.startsWith(bytes, offset)))?.[0];
}

function isRawBiff(head: string): boolean {
  const length = head.charCodeAt(2);
  return (
    head.charCodeAt(0) === BEGINNING_OF_FILE &&
    BIFF_VERSIONS.has(head.charCodeAt(1)) &&
    length >= RECORD_LENGTHS.shortest &&
    length <= RECORD_LENGTHS.longest &&
    head.charCodeAt(3) === 0
  );
}
