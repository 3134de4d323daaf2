import type { SourceSettings } from '../uploads/source-settings.js';
import type { SourceFile } from './part-rules.js';

type Writing = Pick<SourceSettings, 'decimalSeparator' | 'dateFormat'>;

/**
 * The files with the same ways to write numbers and dates: what is beyond doubt in one part holds for those in which nothing
 * tells, unless the parts contradict each other.
 */
export function writtenAlike(files: readonly SourceFile[]): SourceFile[] {
  const shared: Writing = { ...agreed(files, 'decimalSeparator'), ...agreed(files, 'dateFormat') };
  return files.map(({ upload, ...place }) => ({
    ...place,
    upload: { ...upload, source: { ...shared, ...upload.source } },
  }));
}

function agreed(files: readonly SourceFile[], name: keyof Writing): Writing {
  const found = new Set(files.flatMap(({ upload }) => upload.source[name] ?? []));
  return found.size === 1 ? { [name]: [...found][0] } : {};
}

const NOWHERE = -1;

/** Every column of the parts once, in the order of first appearance; the same name twice in a part is two columns. */
export function unionOfColumns(parts: readonly (readonly string[])[]): string[] {
  const union: string[] = [];
  for (const columns of parts) {
    placesIn(union, columns).forEach((place, i) => {
      if (place === NOWHERE) union.push(columns[i] ?? '');
    });
  }
  return union;
}

/** Where the cells of a part go in a table with the columns of all parts; -1: it has no such column. */
export function placesIn(union: readonly string[], columns: readonly string[]): number[] {
  const free = new Map<string, number[]>();
  union.forEach((name, place) => {
    const places = free.get(name);
    if (places) places.push(place);
    else free.set(name, [place]);
  });
  return columns.map((name) => free.get(name)?.shift() ?? NOWHERE);
}
