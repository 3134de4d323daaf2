const LONGEST = 255;

/** The last part of whatever path the sender's program put there, without control characters, at most 255 code points. */
export function baseName(fileName: string): string {
  // oxlint-disable-next-line no-control-regex -- taking them out is the point
  const name = (fileName.split(/[\\/]/).pop() ?? '').replace(/[\u0000-\u001f\u007f]/g, '').trim();
  return [...name.toWellFormed()].slice(0, LONGEST).join('') || 'upload.csv';
}
