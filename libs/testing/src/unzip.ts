import { buffer } from 'node:stream/consumers';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** The files of an archive by name, as texts. */
export async function unzip(archive: ArrayBuffer): Promise<Map<string, string>> {
  const { promise, resolve, reject } = Promise.withResolvers<ZipFile>();
  fromBuffer(Buffer.from(archive), { lazyEntries: true }, (error, zip) => (error ? reject(error) : resolve(zip)));
  const zip = await promise;
  const files = new Map<string, string>();
  const read = Promise.withResolvers<void>();
  zip.once('end', read.resolve).once('error', read.reject);
  zip.on('entry', (entry: Entry) => {
    contentOf(zip, entry)
      .then((content) => {
        files.set(entry.fileName, content);
        zip.readEntry();
      })
      .catch(read.reject);
  });
  zip.readEntry();
  await read.promise;
  return files;
}

function contentOf(zip: ZipFile, entry: Entry): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  zip.openReadStream(entry, (error, stream) =>
    error ? reject(error) : buffer(stream).then((bytes) => resolve(bytes.toString()), reject),
  );
  return promise;
}
