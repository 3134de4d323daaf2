import pg from 'pg';
import type { ServiceName } from '@muster/contracts';
import { COMPILE_AUDITS } from './audit-functions.js';
import { databaseNames } from './service-database.js';

/** What the audit log says of the rows of a table. Every column counts, later ones too, unless it is named here. */
export interface AuditedTable {
  /** `user`, `api-key` ... */
  readonly kind: string;
  /** The column that is the subject's id; preset `id`. A uuid is kept as 32 hexadecimal digits. */
  readonly subject?: string;
  /** The column with the company; preset `company_id`. A row without a company is nobody's, and not logged. */
  readonly company?: string;
  /** The column with the account that the row is about; its values are erased with the person. */
  readonly person?: string;
  /** SQL over the row `r`: what people call the subject. */
  readonly label: string;
  /** Column to field id, of secrets: that they were set, changed or removed is logged, never the value. */
  readonly masked?: Readonly<Record<string, string>>;
  /** Columns that say nothing to a reader, beside {@link NEVER}. */
  readonly ignored?: readonly string[];
  /** Column to field id, where the rule (`home_street` -> `homeStreet`) does not give it. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Begin of columns to begin of field ids: `{home_: 'home.'}` makes `home_postal_code` into `home.postalCode`. */
  readonly prefixes?: Readonly<Record<string, string>>;
}

/** Columns that count nowhere, as generated ones. */
const NEVER = ['id', 'company_id', 'version', 'created_at', 'updated_at'];

/**
 * Has every change of `table` written into the `audit_log` of its schema, by statement-level triggers: no code path can
 * forget it. An update lists the columns whose values differ, and without one leaves no entry; an insert those that are set
 * to something else than their preset; a delete likewise. A change that names no actor and cause fails.
 */
export function auditTable(service: ServiceName, table: string, audited: AuditedTable): string[] {
  const { subject = 'id', company = 'company_id', person, masked = {}, ignored = [], ...rest } = audited;
  const { fields = {}, prefixes = {}, kind, label } = rest;
  const left = [...new Set([...NEVER, ...ignored, company])];
  const rules = { kind, subject, company, person, label, masked, ignored: left, fields, prefixes };
  const { schema } = databaseNames(service);
  const trigger = (event: string, transition: string) =>
    `create trigger audit_${event} after ${event} on "${table}" referencing ${transition}
     for each statement execute function ${schema}.audit_${table}()`;
  return [
    `insert into "audited_table" (name, rules) values ('${table}', ${pg.escapeLiteral(JSON.stringify(rules))})`,
    COMPILE_AUDITS,
    trigger('insert', 'new table as new_rows'),
    trigger('update', 'old table as old_rows new table as new_rows'),
    trigger('delete', 'old table as old_rows'),
  ];
}
