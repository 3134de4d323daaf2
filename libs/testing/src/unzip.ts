import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { fromBuffer, type Entry, type Options, type ZipFile } from 'yauzl';

const open = promisify<Buffer, Options, ZipFile>((bytes, options, done) =>
  fromBuffer(bytes, options, (error, zip) => done(error, zip)),
);

/** The files of an archive by name, in their order, as texts. */
export async function unzip(archive: ArrayBuffer): Promise<Map<string, string>> {
  const zip = await open(Buffer.from(archive), { lazyEntries: true });
  const content = promisify<Entry, Readable>((entry, done) =>
    zip.openReadStream(entry, (error, stream) => done(error, stream)),
  );
  const files = new Map<string, string>();
  for await (const entry of entriesOf(zip)) {
    files.set(entry.fileName, (await buffer(await content(entry))).toString());
  }
  return files;
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const next = Promise.withResolvers<Entry | undefined>();
    zip.once('entry', next.resolve);
    zip.once('end', () => next.resolve(undefined));
    zip.once('error', next.reject);
    zip.readEntry();
    const entry = await next.promise;
    zip.removeAllListeners();
    if (!entry) return;
    yield entry;
  }
}
