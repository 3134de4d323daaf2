import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ExportFileQuery, Moment, pageOf, PageQuery, Text } from '@muster/platform';
import { AUDIT_ACTIONS, SUBJECT_KINDS, type AuditAction, type AuditValue, type SubjectKind } from './audit-entry.js';

const ACTOR_TYPES = ['user', 'key', 'operator', 'system'] as const;
const WAYS = ['request', 'import', 'restore', 'mass-change', 'other'] as const;
const SECRET_CHANGES = ['set', 'changed', 'removed'] as const;
const ANY_VALUE = {
  oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: {} }, { type: 'null' }],
};

export class AuditLogQuery extends PageQuery {
  @IsOptional()
  @IsIn(SUBJECT_KINDS)
  @ApiProperty({ enum: SUBJECT_KINDS, required: false })
  subjectKind?: SubjectKind;

  /** Id of the account, key ... that was changed. */
  @IsOptional()
  @Text(100)
  subjectId?: string;

  /** Who did it. @example user:0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  @IsOptional()
  @Text(100)
  actor?: string;

  /** How it was done. @example import:0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  @IsOptional()
  @Text(100)
  cause?: string;

  @IsOptional()
  @IsIn(AUDIT_ACTIONS)
  @ApiProperty({ enum: AUDIT_ACTIONS, required: false })
  action?: AuditAction;

  /** A field that was changed, or what fields begin with: `home` finds `home.street`. @example authorizationLevel */
  @IsOptional()
  @Text(100)
  field?: string;

  /** Not before this moment. @example 2026-11-01T00:00:00Z */
  @IsOptional()
  @Moment()
  from?: Date;

  /** Before this moment. @example 2026-12-01T00:00:00Z */
  @IsOptional()
  @Moment()
  to?: Date;
}

export class AuditExportQuery extends IntersectionType(ExportFileQuery, OmitType(AuditLogQuery, ['limit', 'cursor'])) {}

export class AuditWhoDto {
  @ApiProperty({ enum: ACTOR_TYPES })
  type!: (typeof ACTOR_TYPES)[number];
  /** Of the account or key; null: the system. */
  id!: string | null;
  /** What the account or key is called now; null: it is gone, or an operator's. @example Ada Admin */
  name!: string | null;
}

export class AuditHowDto {
  @ApiProperty({ enum: WAYS })
  type!: (typeof WAYS)[number];
  /** Of the request, the import, the restore or the mass change. */
  id!: string | null;
  /** In the reader's language. @example Import 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  text!: string;
}

export class AuditSubjectDto {
  /** @example user */
  kind!: string;
  /** In the reader's language. @example User account */
  kindText!: string;
  id!: string;
  /** What it was called then; a pseudonym when the person was erased. @example Rita Rep */
  label!: string | null;
}

export class AuditChangeDto {
  /** @example home.postalCode */
  field!: string;
  /** In the reader's language. @example Home, postal code */
  label!: string;
  /** null: not set; of a secret always. */
  @ApiProperty(ANY_VALUE)
  from!: AuditValue;
  @ApiProperty(ANY_VALUE)
  to!: AuditValue;
  /** What became of a secret; null when the field is none. */
  @ApiProperty({ enum: [...SECRET_CHANGES, null], type: 'string', nullable: true })
  secret!: (typeof SECRET_CHANGES)[number] | null;
}

export class AuditEntryDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  at!: Date;
  who!: AuditWhoDto;
  how!: AuditHowDto;
  /** @example changed */
  action!: string;
  /** In the reader's language. @example Changed */
  actionText!: string;
  subject!: AuditSubjectDto;
  @ApiProperty({ type: [AuditChangeDto] })
  changes!: AuditChangeDto[];
}

export class AuditEntryPage extends pageOf(AuditEntryDto) {}

export class EraseBody {
  /** Of an account that was deleted. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  @Text(32)
  userId!: string;
}

export class ErasedDto {
  /** What stands in the place of the person's values from now on. @example erased-5f60711c4f */
  pseudonym!: string;
  /** How many entries were about the person; 0: they were erased before. */
  entries!: number;
}
