import { crc32, deflateRawSync } from 'node:zlib';

/** An entry; what is not given is right. */
export interface RawEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** What lies in the archive, when it is not the deflated content. */
  readonly data?: Buffer;
  /** 8: deflated, the preset; 0: as it is. */
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly compressedSize?: number;
  /** Where the directory says that the entry begins. */
  readonly offset?: number;
  readonly extra?: Buffer;
  readonly localSignature?: number;
  readonly directorySignature?: number;
  readonly nameLength?: number;
}

/** The end of an archive; what is not given is right. */
export interface RawEnd {
  readonly disk?: number;
  readonly entries?: number;
  readonly directorySize?: number;
  readonly directoryOffset?: number;
  readonly comment?: Buffer;
  readonly commentLength?: number;
  /** Stands between the directory and its end, such as records of ZIP64. Gets the place where it stands. */
  readonly before?: (offset: number) => Buffer;
}

/** A zip archive made by hand, with any lie one wants. */
export function rawZip(entries: readonly RawEntry[], end: RawEnd = {}): Buffer {
  const bodies: Buffer[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const fields = fieldsOf(entry);
    const body = Buffer.concat([localHeader(entry, fields), fields.data]);
    records.push(directoryRecord(entry, fields, entry.offset ?? offset));
    bodies.push(body);
    offset += body.length;
  }
  const directory = Buffer.concat(records);
  const before = end.before?.(offset + directory.length) ?? Buffer.alloc(0);
  return Buffer.concat([...bodies, directory, before, endRecord(end, entries.length, directory.length, offset)]);
}

/** Little-endian numbers one after another. */
export function numbers(...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number | bigint])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(8);
      field.writeBigUInt64LE(BigInt(value));
      return field.subarray(0, bytes);
    }),
  );
}

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf(entry: RawEntry) {
  const content = Buffer.from(entry.content ?? '');
  const { method = 8, flags = 0x800, crc = crc32(content), size = content.length } = entry;
  const data = entry.data ?? (method === 8 ? deflateRawSync(content) : content);
  const common = numbers(
    [2, 20],
    [2, flags],
    [2, method],
    [4, 0],
    [4, crc],
    [4, entry.compressedSize ?? data.length],
    [4, size],
  );
  return { data, common, name: Buffer.from(entry.name), extra: entry.extra ?? Buffer.alloc(0) };
}

function localHeader(entry: RawEntry, { common, name }: Fields): Buffer {
  return Buffer.concat([
    numbers([4, entry.localSignature ?? 0x04034b50]),
    common,
    numbers([2, name.length], [2, 0]),
    name,
  ]);
}

function directoryRecord(entry: RawEntry, { common, name, extra }: Fields, offset: number): Buffer {
  return Buffer.concat([
    numbers([4, entry.directorySignature ?? 0x02014b50], [2, 20]),
    common,
    numbers([2, entry.nameLength ?? name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
    name,
    extra,
  ]);
}

function endRecord(end: RawEnd, entries: number, directorySize: number, directoryOffset: number): Buffer {
  const { comment = Buffer.alloc(0), disk = 0 } = end;
  const count = end.entries ?? entries;
  return Buffer.concat([
    numbers([4, 0x06054b50], [2, disk], [2, 0], [2, count], [2, count]),
    numbers([4, end.directorySize ?? directorySize], [4, end.directoryOffset ?? directoryOffset]),
    numbers([2, end.commentLength ?? comment.length]),
    comment,
  ]);
}
