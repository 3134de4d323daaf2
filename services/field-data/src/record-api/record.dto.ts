import { ApiProperty } from '@nestjs/swagger';

/** What the answers about all kinds of records have beside their fields. */
export class RecordDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** The user account whose record it is. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  repId!: string;
  /** Values of the company's own fields by their names; one that is empty is null. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { size: 'L' } })
  customFields!: Record<string, unknown>;
  /** Also the ETag. @example 1 */
  version!: number;
  createdAt!: Date;
  updatedAt!: Date;
}

/** What a new record is made of, beside its fields. */
export class RecordInput {
  /** A user account with its own schedule. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  repId!: string;
}

/** JSON merge patch (RFC 7396): what is absent stays, null empties. */
export class RecordPatch {}
