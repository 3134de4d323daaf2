import { lengthOf, type ProblemDetail, type Texts } from '@muster/contracts';
import type { Code, CodeList, CodeListName, Permission } from './code-list.js';

/** An entry as it is wished for. */
export interface WishedCode {
  readonly code: string;
  readonly labels: Texts;
  readonly permissions?: readonly Permission[] | null | undefined;
}

export interface CodeListPlan {
  readonly codes: CodeList;
  readonly faults: readonly ProblemDetail[];
}

/** As long as the field of an account that holds it. */
const LONGEST: Readonly<Record<CodeListName, number>> = {
  'access-levels': 50,
  'portal-roles': 50,
  'role-options': 50,
  'customer-types': 30,
};

/** The list that takes the place of the one before. Codes that differ in letter case only would be mistaken in files. */
export function planCodeList(list: CodeListName, wished: readonly WishedCode[]): CodeListPlan {
  const codes = new Map<string, Code>();
  const keys = new Set<string>();
  const faults = wished.flatMap((entry, index): ProblemDetail[] => {
    const code = entry.code.normalize('NFC').trim();
    const permissions = list === 'role-options' ? [...new Set(entry.permissions)] : undefined;
    const key = code.toLowerCase();
    const fault = faultOf(list, code, entry) ?? (keys.has(key) ? { name: 'code', code: 'not_unique' } : undefined);
    keys.add(key);
    codes.set(code, { labels: trimmed(entry.labels), ...(permissions && { permissions }) });
    if (!fault) return [];
    const { name, ...what } = fault;
    return [{ pointer: `/codes/${index}/${name}`, ...what }];
  });
  return { codes, faults };
}

/** Whether two lists say the same in the same order. */
export function isSameList(one: CodeList, other: CodeList): boolean {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

function faultOf(list: CodeListName, code: string, { permissions }: WishedCode) {
  const limit = LONGEST[list];
  const wished = permissions !== undefined && permissions !== null;
  if (lengthOf(code) > limit) return { name: 'code', code: 'too_long', params: { limit } };
  if (/[;\p{Cc}\p{Zl}\p{Zp}]/u.test(code)) return { name: 'code', code: 'separator_in_value' };
  if (list === 'role-options' && !wished) return { name: 'permissions', code: 'permissions_missing' };
  if (list !== 'role-options' && wished) return { name: 'permissions', code: 'permissions_not_here' };
  return undefined;
}

function trimmed({ en, de }: Texts): Texts {
  return { en: en.normalize('NFC').trim(), de: de.normalize('NFC').trim() };
}

function comparable(list: CodeList): unknown[] {
  return [...list].map(([code, { labels, permissions }]) => [code, labels.en, labels.de, permissions ?? null]);
}
