/** @param bytes whole characters @returns undefined when one of them is no character of Unicode */
export function decodeUtf32(bytes: Buffer, littleEndian: boolean): string | undefined {
  const units = Buffer.alloc(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i += 4) {
    if (i + 4 > bytes.length) return undefined;
    const code = littleEndian ? bytes.readUInt32LE(i) : bytes.readUInt32BE(i);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    if (code > 0xffff) {
      length = units.writeUInt16LE(0xd800 + ((code - 0x10000) >> 10), length);
      length = units.writeUInt16LE(0xdc00 + ((code - 0x10000) & 0x3ff), length);
    } else length = units.writeUInt16LE(code, length);
  }
  return units.toString('utf16le', 0, length);
}
