import { lengthOf, type ProblemDetail } from '@muster/contracts';

const LONGEST = 40;

/** How many groups a company may have: a column that was mapped by mistake must not make one of each of its values. */
export const MOST_GROUPS = 1_000;

export type GroupName =
  | { readonly name: string; readonly fault?: never }
  | { readonly name?: never; readonly fault: Omit<ProblemDetail, 'pointer'> };

/**
 * The name of a group as it is kept: composed, without blanks around it. Files separate names by `;`, so none has one, nor
 * anything else that begins a new cell or line.
 */
export function groupName(text: string): GroupName {
  const name = text.normalize('NFC').trim();
  if (name === '') return { fault: { code: 'required' } };
  if (lengthOf(name) > LONGEST) return { fault: { code: 'too_long', params: { limit: LONGEST } } };
  if (/[;\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return { fault: { code: 'separator_in_value' } };
  return { name };
}
