/** The place of a column, counted from 0, or why there is none. */
export type FoundColumn = number | 'unknown_column' | 'ambiguous_column';

/**
 * The column that a mapping means: by its header text exactly, else without white space around it, else as `#3` by its
 * number, counted from 1.
 */
export function findColumn(columns: readonly string[], name: string): FoundColumn {
  const exact = placesOf(columns, (header) => header === name);
  const places = exact.length > 0 ? exact : placesOf(columns, (header) => header.trim() === name.trim());
  if (places.length > 1) return 'ambiguous_column';
  const [place] = places;
  if (place !== undefined && name.trim() !== '') return place;
  const number = /^#(\d{1,5})$/.exec(name.trim())?.[1];
  const index = number === undefined ? -1 : Number(number) - 1;
  return index >= 0 && index < columns.length ? index : 'unknown_column';
}

function placesOf(columns: readonly string[], isIt: (header: string) => boolean): number[] {
  return columns.flatMap((header, i) => (isIt(header) ? [i] : []));
}
