import type { IncomingMessage } from 'node:http';
import { Transform, type Readable } from 'node:stream';
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
 * of at most 1 MB, whether sent as a field or as a file.
 * @param onFile must read the stream to its end or throw; what it throws is thrown here
 * @throws Problem unsupported_media_type, malformed_request, and what `onFile` throws
 */
export async function readMultipart<File>(
  request: IncomingMessage,
  onFile: (content: Readable, fileName: string) => Promise<File>,
): Promise<MultipartForm<File>> {
  const parser = parserFor(request);
  const fields = new Map<string, string>();
  const parts: Promise<void>[] = [];
  let file: File | undefined;

  const finished = new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      reject(asProblem(error));
      // The rest of the request is read and forgotten, so that the sender sees the answer.
      request.unpipe(parser);
      request.resume();
    };
    parser.on('file', (name, content, { filename }) => {
      const part =
        name === 'file' ? onFile(content, filename ?? '').then((f) => void (file = f)) : readText(name, content);
      part.catch(fail);
      parts.push(part);
    });
    parser.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) fail(new Problem('request_too_large'));
      else fields.set(name, value);
    });
    parser.on('error', fail);
    parser.on('close', resolve);
    request.on('error', fail);
    request.on('aborted', () => fail(new Error('the sender went away')));
  });
  const readText = async (name: string, content: Readable) => {
    const limited = content.compose<Transform>(limitBytes(FIELD_BYTES, () => new Problem('request_too_large')));
    fields.set(name, await text(limited));
  };

  request.pipe(parser);
  await finished;
  await Promise.all(parts);
  return { file, fields };
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

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new Problem('malformed_request', { params: { reason }, cause: error });
}
