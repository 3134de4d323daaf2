import { Type as TypeAs } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { isId, Problem, type Id } from '@muster/contracts';

/** The query of a list whose pages hold so many items at most. */
export function pageQueryUpTo(most: number) {
  class Query {
    @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: most, default: 50, description: 'Items of a page.' })
    @IsOptional()
    @TypeAs(() => Number)
    @IsInt()
    @Min(1)
    @Max(most)
    limit: number = 50;

    @ApiPropertyOptional({ description: 'nextCursor of the page before; none for the first page.' })
    @IsOptional()
    @IsString()
    cursor?: string;
  }
  return Query;
}

/** The query of every other list. */
export class PageQuery extends pageQueryUpTo(500) {}

export interface Page<Item> {
  items: Item[];
  /** Cursor of the next page; null on the last. */
  nextCursor: string | null;
}

const pages = new Map<Type<unknown>, Type<Page<unknown>>>();

/** The DTO class of a page of items; `CustomerDto` -> schema `CustomerPage`. One class an item class. */
export function pageOf<Item>(item: Type<Item>): Type<Page<Item>> {
  const known = pages.get(item);
  if (known) return known as Type<Page<Item>>;
  class ItemPage implements Page<Item> {
    @ApiProperty({ type: [item] })
    items!: Item[];

    @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page; null on the last.' })
    nextCursor!: string | null;
  }
  Object.defineProperty(ItemPage, 'name', { value: `${item.name.replace(/Dto$/, '')}Page` });
  pages.set(item, ItemPage);
  return ItemPage;
}

/**
 * Makes a page of rows of which one more than `limit` was asked for.
 * @param keyOf the values that the list is ordered by, of the last row of the page
 */
export function toPage<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => unknown[]): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

/** Opaque to clients: the JSON of the values, base64url. Dates become ISO 8601 text. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The values of a cursor: texts, finite numbers, booleans or null. A client may have made them up: check before use.
 * @throws Problem invalid_cursor when it is not a cursor of `length` values
 */
export function decodeCursor(cursor: string, length: number): (string | number | boolean | null)[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new Problem('invalid_cursor', { cause });
  }
  if (!Array.isArray(values) || values.length !== length || !values.every(isScalar))
    throw new Problem('invalid_cursor');
  return values;
}

/**
 * The id of a cursor that was made of nothing else; undefined without a cursor.
 * @throws Problem invalid_cursor
 */
export function decodeIdCursor(cursor: string | undefined): Id | undefined {
  if (cursor === undefined) return undefined;
  const [id] = decodeCursor(cursor, 1);
  if (!isId(id)) throw new Problem('invalid_cursor');
  return id;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  // NUL would be refused by the database in a query that otherwise finds nothing.
  if (typeof value === 'string') return !value.includes('\0');
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
