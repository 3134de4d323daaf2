import { nearest } from '@muster/import-model';

export type CodeCheck =
  | { readonly outcome: 'ok' }
  /** `nearest`: the code that was probably meant. */
  | { readonly outcome: 'unknown_code'; readonly nearest: string | undefined };

const OK: CodeCheck = { outcome: 'ok' };

/** Whether a company's list has a code, compared exactly; an empty list accepts all. */
export function checkCode(list: ReadonlyMap<string, unknown>, value: string): CodeCheck {
  if (list.size === 0 || list.has(value)) return OK;
  return { outcome: 'unknown_code', nearest: nearest(value, list.keys()) };
}
