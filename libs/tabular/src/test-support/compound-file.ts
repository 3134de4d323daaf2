const SECTOR = 512;
const END_OF_CHAIN = 0xfffffffe;
const FAT_SECTOR = 0xfffffffd;

/**
 * A compound file, the container of Office 97, with empty streams of these names. Its directory begins in the third
 * sector and goes on in every second one, as in a file that was saved many times.
 */
export function compoundFile(...streams: readonly string[]): Buffer {
  const entries = ['Root Entry', ...streams].map(directoryEntry);
  const sectors = Math.ceil(entries.length / 4);
  const fat = Buffer.alloc(SECTOR, 0xff);
  fat.writeUInt32LE(FAT_SECTOR, 0);
  const body: Buffer[] = [fat];
  for (let i = 0; i < sectors; i++) {
    const sector = Buffer.alloc(SECTOR);
    Buffer.concat(entries.slice(i * 4, i * 4 + 4)).copy(sector);
    const at = 2 + i * 2;
    fat.writeUInt32LE(i + 1 < sectors ? at + 2 : END_OF_CHAIN, at * 4);
    body.push(Buffer.alloc(SECTOR, 0xee), sector);
  }
  return Buffer.concat([header(), ...body]);
}

function header(): Buffer {
  const bytes = Buffer.alloc(SECTOR, 0);
  bytes.write('d0cf11e0a1b11ae1', 'hex');
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(2, 48);
  bytes.fill(0xff, 76);
  bytes.writeUInt32LE(0, 76);
  return bytes;
}

function directoryEntry(name: string): Buffer {
  const entry = Buffer.alloc(128);
  entry.write(name, 'utf16le');
  entry.writeUInt16LE(name.length * 2 + 2, 64);
  entry[66] = 2;
  return entry;
}
