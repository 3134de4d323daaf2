import type { ColumnOptions } from 'typeorm';

/**
 * A column that the database writes. Keys that are searched are stored, because row-level security keeps an expression
 * from its index. The expression also stands in TypeORM's metadata table; see the migration.
 */
export function generatedColumn(name: string, asExpression: string): ColumnOptions {
  return { name, generatedType: 'STORED', asExpression, insert: false, update: false, nullable: true };
}
