import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { KeyIndex } from '@muster/import-model';
import { accountField } from '../users/account-fields.js';
import type { StoredAccount } from './account-cells.js';

/** Key fields that have an index: what their values are compared as, and with. */
const INDEXED = [
  { field: 'id', compared: 'k.value::uuid', column: 'id' },
  { field: 'email', compared: 'lower(k.value)', column: 'email_key' },
  { field: 'employeeNumber', compared: 'k.value', column: 'employee_number' },
  { field: 'username', compared: 'lower(k.value)', column: 'username_key' },
] as const;

/** Finds the accounts that keys of rows mean: of every kind, so that a key that is another kind's is noticed. */
@Injectable()
export class AccountMatchesRepository {
  /** Ids of candidates, by the key field that has the best index; the index of keys sorts out by the others. */
  async candidates(
    manager: EntityManager,
    companyId: Id,
    keys: readonly string[],
    index: KeyIndex<StoredAccount>,
  ): Promise<Id[]> {
    const best = INDEXED.find(({ field }) => keys.includes(field));
    if (best) return this.byOne(manager, companyId, best, index.wantedOf(best.field));
    return this.byAll(manager, companyId, keys, index.wanted());
  }

  private async byOne(
    manager: EntityManager,
    companyId: Id,
    { compared, column }: (typeof INDEXED)[number],
    values: readonly string[],
  ): Promise<Id[]> {
    // The keys are made first: beside a function row-level security keeps a condition from its index. And looked up one by
    // one: a table that is taken to be small would be read from end to end, again and again while an import fills it.
    const rows = await manager.query<{ id: Id }[]>(
      `with k as materialized (select ${compared} as value from unnest($2::text[]) as k(value))
       select u.id from k cross join lateral (
         select id from user_account where company_id = $1 and ${column} = k.value offset 0) u`,
      [companyId, values],
    );
    return rows.map(({ id }) => id);
  }

  /** Reads through the accounts of the company. */
  private async byAll(
    manager: EntityManager,
    companyId: Id,
    keys: readonly string[],
    wanted: readonly (readonly unknown[])[],
  ): Promise<Id[]> {
    const columns = keys.map((field, i) => {
      const known = accountField(field);
      if (!known) throw new Error(`Accounts have no field ${field}`);
      return {
        compared: `u.${known.column}::text = k.v${i}`,
        name: `v${i}`,
        values: wanted.map((key) => String(key[i])),
      };
    });
    const rows = await manager.query<{ id: Id }[]>(
      `select u.id from unnest(${columns.map((_, i) => `$${i + 2}::text[]`).join(', ')})
              as k(${columns.map(({ name }) => name).join(', ')})
         join user_account u on u.company_id = $1 and ${columns.map(({ compared }) => compared).join(' and ')}`,
      [companyId, ...columns.map(({ values }) => values)],
    );
    return rows.map(({ id }) => id);
  }
}
