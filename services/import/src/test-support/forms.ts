import { REP } from './import-service.js';

/** A CSV file of customers with these ids, all of the one rep. */
export function csvOf(...ids: (number | string)[]): string {
  return ['Id,Name,Rep', ...ids.map((id) => `${id},Name ${id},${REP}`), ''].join('\r\n');
}

/** A multipart form with a file and texts beside it. */
export function formOf(
  file: string | Uint8Array<ArrayBuffer>,
  fields: Readonly<Record<string, unknown>> = {},
  fileName = 'customers.csv',
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  form.set('file', new Blob([file]), fileName);
  return form;
}
