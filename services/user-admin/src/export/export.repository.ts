import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { AccountField } from '../users/account-fields.js';
import { filteredAccounts } from '../access-links/filtered-accounts.js';
import { Parameters, type UserFilter } from '../users/list-conditions.js';
import type { ListOrder } from '../users/list-order.js';
import type { FieldValue } from './export-cells.js';

/** Values of fields by property. An entity would cost several times as much. */
export interface ExportedRow {
  readonly [property: string]: FieldValue;
  readonly id: Id;
  readonly groupIds: readonly Id[];
  /** What the list is sorted by before the id. */
  readonly sortedBy: string | null;
}

@Injectable()
export class UserExportRepository {
  /** These accounts in this order, of each the columns of `fields`. */
  async read(
    manager: EntityManager,
    ids: readonly Id[],
    fields: readonly AccountField[],
    order: ListOrder,
  ): Promise<ExportedRow[]> {
    const columns = new Map([
      ['id', 'id'],
      ['groupIds', 'group_ids'],
      ['sortedBy', order.column ?? 'null'],
      ...fields.map((field) => [field.property, expressionOf(field)] as const),
    ]);
    const select = [...columns].map(([name, expression]) => `${expression} as "${name}"`);
    const rows = await manager.query<ExportedRow[]>(
      `select ${select.join(', ')} from user_account where id = any($1::uuid[])`,
      [[...ids]],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Whether more than `limit` accounts match. */
  async exceeds(manager: EntityManager, companyId: Id, filter: UserFilter, limit: number): Promise<boolean> {
    const parameters = new Parameters();
    const accounts = filteredAccounts(companyId, filter, parameters);
    const [row] = await manager.query<{ many: boolean }[]>(
      `select exists (select 1 from ${accounts} offset ${limit}) as many`,
      parameters.values,
    );
    return row?.many === true;
  }
}

/** A day as `yyyy-MM-dd`: the driver would make a moment of it. */
function expressionOf({ type, column }: AccountField): string {
  return type === 'date' ? `${column}::text` : column;
}
