import type { IncomingMessage } from 'node:http';
import { finished, Transform, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import busboy from 'busboy';
import { Problem } from '@muster/contracts';

const FIELD_BYTES = 1024 * 1024;

export interface MultipartForm<File> {
  readonly file: File | undefined;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Reads a multipart/form-data request. The part `file` is streamed to `onFile` as it arrives; every other part is a text
 * of at most 1 MB, whether sent as a field or as a file. Settles when every part is done with, also when it throws.
 * @param onFile must read the stream to its end or throw; what it throws is thrown here
 * @throws Problem unsupported_media_type, malformed_request, request_too_large, and what `onFile` throws
 */
export async function readMultipart<File>(
  request: IncomingMessage,
  onFile: (content: Readable, fileName: string) => Promise<File>,
): Promise<MultipartForm<File>> {
  const parser = parserFor(request);
  const fields = new Map<string, string>();
  const parts: Promise<void>[] = [];
  const files: Promise<File>[] = [];
  const failures: unknown[] = [];

  const readPart = async (name: string, content: Readable, fileName: string): Promise<void> => {
    if (name !== 'file') {
      fields.set(name, await readText(content));
      return;
    }
    if (files.length > 0) throw malformed(new Error('there is more than one part "file"'));
    const file = onFile(content, fileName);
    files.push(file);
    await file;
  };
  const fail = (error: unknown): void => {
    failures.push(error);
    // The rest of the request is read and forgotten, so that the sender sees the answer.
    request.unpipe(parser);
    request.resume();
    // Ends the part that is being read; further ones, of the same stretch of bytes, are passed over.
    parser.removeAllListeners('file').destroy();
  };
  parser.on('file', (name, content, { filename }) => {
    // Its reader may not listen yet when the parser gives up, or there is none.
    content.on('error', () => undefined);
    const part = readPart(name, content, filename ?? '');
    // A part breaks off when the parser does; then the parser knows why.
    part.catch((error: unknown) => fail(parser.errored ? malformed(parser.errored) : error));
    parts.push(part);
  });
  parser.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) fail(new Problem('request_too_large'));
    else fields.set(name, value);
  });
  parser.on('error', (error: Error) => fail(malformed(error)));
  finished(request, (cause) => {
    if (cause) fail(malformed(new Error('the sender went away', { cause })));
  });

  request.pipe(parser);
  await new Promise<void>((resolve) => parser.on('close', resolve));
  await Promise.allSettled(parts);
  // What went wrong first is why the rest did.
  if (failures.length > 0) throw failures[0];
  return { file: await files[0], fields };
}

/** Passes bytes through; fails with `problem(bytes so far)` once there are more than `limit`. */
export function limitBytes(limit: number, problem: (seen: number) => Problem): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limit) done(problem(seen));
      else done(null, chunk);
    },
  });
}

function readText(content: Readable): Promise<string> {
  return text(content.compose<Transform>(limitBytes(FIELD_BYTES, () => new Problem('request_too_large'))));
}

function parserFor(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 3, fields: 20, fieldSize: FIELD_BYTES },
    });
  } catch (cause) {
    throw new Problem('unsupported_media_type', { params: { expected: 'multipart/form-data' }, cause });
  }
}

/** The sender's fault, in words that tell nothing about us. */
function malformed(cause: Error): Problem {
  return new Problem('malformed_request', { params: { reason: cause.message }, cause });
}
