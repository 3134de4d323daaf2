import { constants, gunzipSync, gzipSync } from 'node:zlib';

/** As HTTP names it. */
export const GZIP = 'gzip';

/** Gzipped JSON of properties, one gzip member each. */
export type PackedProperties<D> = Readonly<Partial<Record<keyof D, Buffer>>>;

const LEVEL = { level: constants.Z_BEST_SPEED };

/**
 * JSON of an object, gzipped, with properties that lie gzipped already: gzip members one after another unpack to one
 * text (RFC 1952, 2.2), so nobody needs to unpack them for that.
 *
 * @returns `bytes` as it will be unpacked
 */
export function packedValue<D>(data: D, packed: PackedProperties<D>): { value: Buffer; bytes: number } {
  const plain = Object.entries(data as object).filter(([name]) => !(name in packed));
  let text = JSON.stringify(Object.fromEntries(plain)).slice(0, -1);
  let bytes = 0;
  const members: Buffer[] = [];
  for (const [name, member] of Object.entries<Buffer | undefined>(packed)) {
    if (!member) continue;
    text += `${text === '{' ? '' : ','}${JSON.stringify(name)}:`;
    members.push(gzipSync(text, LEVEL), member);
    bytes += Buffer.byteLength(text) + unpackedBytes(member);
    // What follows a packed property goes on behind it.
    text = '';
  }
  members.push(gzipSync(`${text}}`, LEVEL));
  return { value: Buffer.concat(members), bytes: bytes + Buffer.byteLength(text) + 1 };
}

/** @throws Error when it is no gzip, or unpacks to more than `limit` bytes */
export function unpackedValue(value: Buffer, limit: number): string {
  return gunzipSync(value, { maxOutputLength: limit }).toString();
}

/** Of one gzip member; its last four bytes say so. */
function unpackedBytes(member: Buffer): number {
  return member.readUInt32LE(member.length - 4);
}
