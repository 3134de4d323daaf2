import type { Id } from '@muster/contracts';
import { BETWEEN_VALUES, cutText, type CellValue, type PlanSettings, type StoredRecord } from '@muster/import-model';
import { ACCOUNT_FIELDS, accountField, type AccountField } from '../users/account-fields.js';
import { isList, type AccountWishes } from '../users/account-state.js';
import type { AccountKind } from '../users/account-kinds.js';
import type { UserAccount } from '../users/user-account.entity.js';

/** An account as rows are compared with it: its fields in the form of cells. */
export type StoredAccount = StoredRecord & { readonly kind: AccountKind };

type FieldValue = string | number | boolean | null | readonly string[] | undefined;

/** @param fields whose values are looked at */
export function storedAccount(account: UserAccount, fields: readonly AccountField[]): StoredAccount {
  const values = account as unknown as Readonly<Record<string, FieldValue>>;
  const cells = fields.map((field) => [field.id, cellOf(field, values[field.property])]);
  return { ...(Object.fromEntries(cells) as Record<string, CellValue>), id: account.id, kind: account.kind };
}

/** The fields of accounts that rows are compared by: those mapped, and those that go together with them. */
export function comparedFields({ schema, columns }: PlanSettings): AccountField[] {
  const ids = new Set([...columns.map(({ field }) => field), ...schema.together.flatMap(({ fields }) => fields)]);
  return ACCOUNT_FIELDS.filter(({ id }) => ids.has(id) && id !== 'id');
}

/** A value of an account as a cell holds it; groups by their ids, in the order of which they are kept. */
export function cellOf(field: AccountField, value: FieldValue): CellValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return value.length > 0 ? sorted(field, value).join(BETWEEN_VALUES) : null;
  return field.type === 'choice' ? String(value) : value;
}

function sorted({ type }: AccountField, values: readonly string[]): readonly string[] {
  return type === 'groups' ? [...values].sort() : values;
}

/** What a row wishes of its account, by the ids of fields; null empties. */
export function wishesOfCells(cells: Readonly<Record<string, CellValue | undefined>>): AccountWishes {
  const wishes: Record<string, FieldValue> = {};
  for (const id in cells) {
    const cell = cells[id];
    const field = accountField(id);
    if (field && !field.readOnly && cell !== undefined) wishes[field.property] = valueOf(field, cell);
  }
  return wishes;
}

function valueOf({ type, values }: AccountField, cell: CellValue): FieldValue {
  if (isList(type)) return typeof cell === 'string' ? cell.split(BETWEEN_VALUES) : null;
  const isNumber = type === 'choice' && typeof values?.[0] === 'number';
  return isNumber && cell !== null ? Number(cell) : cell;
}

/** Ids of groups as a cell, by their names for people; one that is no more by its id. */
export function groupsForPeople(cell: CellValue, nameOf: ReadonlyMap<Id, string>): CellValue {
  if (typeof cell !== 'string') return cell;
  return cell
    .split(BETWEEN_VALUES)
    .map((id) => nameOf.get(id) ?? id)
    .join(BETWEEN_VALUES);
}

/** Longest text in an answer, in characters. */
const SHOWN = 500;

export function cutCell(cell: CellValue): CellValue {
  return typeof cell === 'string' ? cutText(cell, SHOWN) : cell;
}
