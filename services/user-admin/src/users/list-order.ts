/** Sort orders of the list of accounts; with a minus descending. */
export const SORT_ORDERS = [
  'createdAt',
  '-createdAt',
  'name',
  '-name',
  'email',
  '-email',
  'employeeNumber',
  '-employeeNumber',
] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

export interface ListOrder {
  /** The column that is sorted by before the id; none: by the id alone, which is given in order of creation. */
  readonly column: 'name_order' | 'email_order' | 'number_order' | undefined;
  /** The entity's property of the column. */
  readonly property: 'nameOrder' | 'emailOrder' | 'numberOrder' | undefined;
  readonly direction: 'asc' | 'desc';
}

const ORDERS = {
  createdAt: { column: undefined, property: undefined },
  name: { column: 'name_order', property: 'nameOrder' },
  email: { column: 'email_order', property: 'emailOrder' },
  employeeNumber: { column: 'number_order', property: 'numberOrder' },
} as const;

export function listOrder(sort: SortOrder): ListOrder {
  const descending = sort.startsWith('-');
  const by = (descending ? sort.slice(1) : sort) as keyof typeof ORDERS;
  return { ...ORDERS[by], direction: descending ? 'desc' : 'asc' };
}
