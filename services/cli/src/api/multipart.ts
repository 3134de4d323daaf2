import { randomBytes } from 'node:crypto';

const LINE_END = '\r\n';

/**
 * A form with one file, as it goes over the line; its type names the boundary. Nothing is copied. It is no `FormData`: while `fetch` sends
 * one, a line that breaks can end the process, and so can a file that is written to (nodejs/undici#5835).
 */
export function multipart(fields: Readonly<Record<string, string | number>>, file: Blob, fileName: string): Blob {
  const boundary = `muster-${randomBytes(16).toString('hex')}`;
  const begin = (what: string): string =>
    `--${boundary}${LINE_END}Content-Disposition: form-data; ${what}${LINE_END}${LINE_END}`;
  const texts = Object.entries(fields).map(([name, value]) => begin(`name="${name}"`) + String(value) + LINE_END);
  const head = [...texts, begin(`name="file"; filename="${escaped(fileName)}"`)].join('');
  const end = `${LINE_END}--${boundary}--${LINE_END}`;
  return new Blob([head, file, end], { type: `multipart/form-data; boundary=${boundary}` });
}

/** As browsers do it. */
function escaped(fileName: string): string {
  return fileName.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
