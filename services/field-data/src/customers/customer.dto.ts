import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { CUSTOMER, type CellValue, type FieldSchema } from '@muster/import-model';
import { Moment, PageQuery } from '@muster/platform';
import type { CustomerRow } from './customer.repository.js';

const FIELDS = CUSTOMER.fields.filter(({ readOnly }) => !readOnly);

/** The fields of the entity schema, by their ids. */
export type CustomerFields = Record<string, CellValue>;

/** A customer. Beside these properties it has every field of the entity schema. */
export class CustomerDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** The user account whose customer it is. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  repId!: string;
  /** Values of the company's own fields. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: {} })
  customFields!: Record<string, unknown>;
  /** Also the ETag. @example 1 */
  version!: number;
  createdAt!: Date;
  updatedAt!: Date;
}

/** What a new customer is made of. */
export class CustomerInput {
  /** A user account with its own schedule. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  repId!: string;
}

/** JSON merge patch (RFC 7396): what is absent stays, null empties. */
export class CustomerPatch {}

for (const field of FIELDS) {
  const shape = propertyOf(field);
  ApiProperty({ ...shape, nullable: !field.required && field.type !== 'yesNo' })(CustomerDto.prototype, field.id);
  const required = field.required && field.default === undefined;
  ApiProperty({ ...shape, required, nullable: !required })(CustomerInput.prototype, field.id);
  ApiProperty({ ...shape, required: false, nullable: !field.required })(CustomerPatch.prototype, field.id);
}

interface FieldShape {
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly description: string;
  readonly example: string | number | boolean;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}

function propertyOf({ type, description, maxLength, min, max, example, required }: FieldSchema): FieldShape {
  const notBlank = required && type === 'text' && { minLength: 1, pattern: '\\S' };
  const limits = { description: description.en, ...(maxLength && { maxLength }), ...notBlank };
  switch (type) {
    case 'integer':
    case 'number':
      return { ...limits, type, minimum: min, maximum: max, example: Number(example) };
    case 'yesNo':
      return { ...limits, type: 'boolean', example: false };
    case 'dateTime':
      return { ...limits, type: 'string', example: '2026-03-14T09:30:00' };
    default:
      return { ...limits, type: 'string', example };
  }
}

export class ListCustomersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id of a user account: its customers only.' })
  @IsOptional()
  @Matches(/^[0-9a-f]{32}$/)
  rep?: string;

  @ApiPropertyOptional({
    description:
      'Beginning of name1 in any letter case, or of externalId as it is written. Records are looked through in the order ' +
      'of the list, so name a rep where there are many.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @ApiPropertyOptional({
    description: 'Changed at this time or later, the oldest change first: for readers that keep a copy.',
    example: '2026-11-30T08:00:00Z',
  })
  @IsOptional()
  @Moment()
  updatedSince?: Date;
}

export function customerDto(row: CustomerRow): CustomerDto & CustomerFields {
  const { id, repId, customFields, version, createdAt, updatedAt } = row;
  const fields: CustomerFields = Object.fromEntries(FIELDS.map((field) => [field.id, row.fields[field.id] ?? null]));
  return Object.assign(fields, { id, repId, customFields, version, createdAt, updatedAt });
}
