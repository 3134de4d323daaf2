const SIGNATURE = 0x06054b50;
const RECORD_LENGTH = 22;
const COMMENT_LENGTH = 0xffff;
const ZIP64_LOCATOR_LENGTH = 20;

/** How much of the end of a file has to be looked at. */
export const TAIL_LENGTH = COMMENT_LENGTH + RECORD_LENGTH + ZIP64_LOCATOR_LENGTH;

/**
 * Where an archive ends, in bytes from the beginning of `tail`; undefined when its end is missing. Bytes behind the end
 * (a line end of a mail, zeros that fill a block) are passed over, as Excel does.
 */
export function endOfArchive(tail: Uint8Array): number | undefined {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = bytes.length - RECORD_LENGTH; at >= 0; at--) {
    if (bytes.readUInt32LE(at) !== SIGNATURE) continue;
    const end = at + RECORD_LENGTH + bytes.readUInt16LE(at + RECORD_LENGTH - 2);
    if (end <= bytes.length) return end;
  }
  return undefined;
}
