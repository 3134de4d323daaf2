import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { AccountState } from '../account-state.js';
import { UserAccount } from '../user-account.entity.js';
import { ACCOUNT_COLUMNS, type AccountColumn } from './account-columns.js';
import { UNIQUE_FIELDS, type UniqueField } from './batch-item.js';

/** Unique values that an account is to have. */
export type UniqueValues = Readonly<Partial<Record<UniqueField, string | null>>>;

/** As what a value is compared, and who has it now. */
export interface KnownValue {
  readonly key: string;
  readonly holder: Id | undefined;
}

/** Of each field the values by how they are written. */
export type KnownValues = Readonly<Record<UniqueField, ReadonlyMap<string, KnownValue>>>;

const KEY = {
  email: ['lower(v.value)', 'email_key'],
  username: ['lower(v.value)', 'username_key'],
  employeeNumber: ['v.value', 'employee_number'],
} as const satisfies Record<UniqueField, readonly [string, string]>;

const columnList = (columns: readonly AccountColumn[]) => columns.map(({ column }) => column).join(', ');
const recordOf = (columns: readonly AccountColumn[]) =>
  columns.map(({ property, type }) => `"${property}" ${type}`).join(', ');

const GIVEN = 'id uuid, "companyId" uuid, version integer, "createdAt" timestamptz, "updatedAt" timestamptz';

const named = (column: string, property: string) => `${column} as "${property}"`;
const READ = [
  ...['u.id', 'u.version', named('u.company_id', 'companyId')],
  ...[named('u.created_at', 'createdAt'), named('u.updated_at', 'updatedAt')],
  // A date has no time, and none of any zone is to be made of it.
  ...ACCOUNT_COLUMNS.map(({ column, property, type }) =>
    named(`u.${column}${type === 'date' ? '::text' : ''}`, property),
  ),
];

/** Many accounts with a statement each for all of them. */
@Injectable()
export class AccountBatchRepository {
  async accounts(manager: EntityManager, ids: readonly Id[]): Promise<ReadonlyMap<Id, UserAccount>> {
    // Not as entities: of a hundred thousand accounts it took longer to make those than to read their rows.
    const found = await manager.query<UserAccount[]>(
      `select ${READ.join(', ')} from user_account u where u.id = any($1::uuid[])`,
      [[...new Set(ids)]],
    );
    return new Map(found.map((account) => [account.id, account]));
  }

  async countAdministrators(manager: EntityManager, companyId: Id): Promise<number> {
    return manager.countBy(UserAccount, { companyId, kind: 'staff', authorizationLevel: 2, loginEnabled: true });
  }

  async known(manager: EntityManager, companyId: Id, wished: readonly UniqueValues[]): Promise<KnownValues> {
    const valuesOf = (field: UniqueField) => [...new Set(wished.flatMap((values) => values[field] ?? []))];
    const found = async (field: UniqueField) =>
      [field, await this.knownOf(manager, companyId, field, valuesOf(field))] as const;
    const all: (readonly [UniqueField, ReadonlyMap<string, KnownValue>])[] = [];
    for (const field of UNIQUE_FIELDS) all.push(await found(field));
    return Object.fromEntries(all) as Record<UniqueField, ReadonlyMap<string, KnownValue>>;
  }

  private async knownOf(manager: EntityManager, companyId: Id, field: UniqueField, values: readonly string[]) {
    if (values.length === 0) return new Map<string, KnownValue>();
    const [key, column] = KEY[field];
    // The keys are made first: beside a function row-level security keeps a condition from its index. And looked up one by
    // one: a table that is taken to be small would be read from end to end, again and again while an import fills it.
    const rows = await manager.query<{ value: string; key: string; holder: Id | null }[]>(
      `with v as materialized (select v.value, ${key} as key from unnest($2::text[]) as v(value))
       select v.value, v.key, u.id as holder from v left join lateral (
         select id from user_account where company_id = $1 and ${column} = v.key offset 0) u on true`,
      [companyId, values],
    );
    return new Map(rows.map(({ value, key, holder }) => [value, { key, holder: holder ?? undefined }]));
  }

  /** Writes what `accounts` have of these properties, with their versions. Values may be exchanged between them. */
  async update(
    manager: EntityManager,
    accounts: readonly UserAccount[],
    properties: ReadonlySet<keyof AccountState>,
  ): Promise<void> {
    const columns = ACCOUNT_COLUMNS.filter(({ property }) => properties.has(property));
    const values = columns.map(({ property, column }) => `${column} = v."${property}"`);
    await manager.query(
      `update user_account u set ${[...values, 'version = v.version', 'updated_at = v."updatedAt"'].join(', ')}
         from json_to_recordset($1::json) as v(${GIVEN}, ${recordOf(columns)})
        where u.id = v.id and u.id = any($2::uuid[])`,
      [rowsOf(accounts, columns), accounts.map(({ id }) => id)],
    );
  }

  async insert(manager: EntityManager, accounts: readonly UserAccount[]): Promise<void> {
    // Most columns are empty in most files: what nobody has is left out.
    const columns = ACCOUNT_COLUMNS.filter(({ property }) => accounts.some((account) => account[property] !== null));
    await manager.query(
      `insert into user_account (id, company_id, version, created_at, updated_at, ${columnList(columns)})
       select v.id, v."companyId", v.version, v."createdAt", v."updatedAt",
              ${columns.map(({ property }) => `v."${property}"`).join(', ')}
         from json_to_recordset($1::json) as v(${GIVEN}, ${recordOf(columns)})`,
      [rowsOf(accounts, columns)],
    );
  }
}

/** What is not there is null to the database. */
function rowsOf(accounts: readonly UserAccount[], columns: readonly AccountColumn[]): string {
  const rows = accounts.map((account) => {
    const { id, companyId, version, createdAt, updatedAt } = account;
    const row: Record<string, unknown> = { id, companyId, version, createdAt, updatedAt };
    for (const { property } of columns) {
      const value = account[property];
      if (value !== null) row[property] = value;
    }
    return row;
  });
  return JSON.stringify(rows);
}
