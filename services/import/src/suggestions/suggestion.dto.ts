import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { LANGUAGES, type Language } from '@muster/contracts';
import type { AssignmentSuggestion, ColumnSuggestion, FieldCandidate } from '@muster/import-model';
import { SourceOverridesDto } from '../uploads/source-overrides.dto.js';

export class MappingSuggestionBody {
  /** @example customer */
  @IsString()
  entity!: string;

  /** Which labels come first where both languages fit; preset: that of the request. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  /** How the file is read, where it is not as it was recognised. */
  @IsOptional()
  @ValidateNested()
  @Type(() => SourceOverridesDto)
  @ApiPropertyOptional({ type: SourceOverridesDto })
  source?: SourceOverridesDto;
}

export class FieldCandidateDto {
  /** @example postalCode */
  field!: string;
  /** 0 to 1. @example 0.92 */
  confidence!: number;
  /** Why: what the company did before, the header, or the content. @example synonym */
  @ApiProperty({ enum: ['history', 'fieldId', 'label', 'synonym', 'similar', 'content'] })
  reason!: string;
  /** The text that the header is like; null where the content speaks. @example PLZ */
  like!: string | null;
  /** Share of the first cells that can be read as values of the field, 0 to 1. @example 1 */
  readable!: number;
  /** Different texts of the first rows that cannot be read so, at most ten: a `valueMap` may say what each means. @example ["x", "-"] */
  unread!: string[];
}

export class RankedCandidateDto extends FieldCandidateDto {
  /** Other columns, from 1, that are suggested for the field, or that are as good for it, so that none is. @example [4] */
  rivals!: number[];
}

export class ColumnSuggestionDto {
  /** From 1. @example 3 */
  column!: number;
  header!: string;
  /** What the column is suggested for; null: it is left out. */
  @ApiProperty({ type: FieldCandidateDto, nullable: true })
  suggested!: FieldCandidateDto | null;
  /** Further fields that the column feeds, as it did in earlier imports. */
  alsoSuggested!: FieldCandidateDto[];
  /**
   * Why it is suggested for nothing: no field is like it; none is enough; other columns have the fields; or it is as good as
   * another column for a field, or for two fields alike. null: it is suggested.
   */
  @ApiProperty({ enum: ['nothing', 'unsure', 'taken', 'tied'], nullable: true })
  notSuggested!: string | null;
  /** At most five, the best first. */
  candidates!: RankedCandidateDto[];
}

export class AssignmentSuggestionDto {
  /** From 1. @example 1 */
  column!: number;
  header!: string;
  @ApiProperty({ enum: ['email', 'employeeNumber'] })
  by!: string;
  /** 0 to 1. */
  confidence!: number;
  /** Different values among the first rows, and how many of them name an account. */
  values!: number;
  found!: number;
}

export class MappingSuggestionDto {
  entity!: string;
  columns!: ColumnSuggestionDto[];
  /** Which column says whose a row is; null where none does. */
  @ApiProperty({ type: AssignmentSuggestionDto, nullable: true })
  assignment!: AssignmentSuggestionDto | null;
  /** A configuration document of what is suggested, to go on with. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  configuration!: Record<string, unknown>;
}

export function columnSuggestionDto(suggestion: ColumnSuggestion): ColumnSuggestionDto {
  const { column, header, suggested, alsoSuggested, notSuggested, candidates } = suggestion;
  return {
    column: column + 1,
    header,
    suggested: suggested ? candidateDto(suggested) : null,
    alsoSuggested: alsoSuggested.map(candidateDto),
    notSuggested: notSuggested ?? null,
    candidates: candidates.map((one) => ({ ...candidateDto(one), rivals: one.rivals.map((rival) => rival + 1) })),
  };
}

export function assignmentSuggestionDto(suggestion: AssignmentSuggestion): AssignmentSuggestionDto {
  return { ...suggestion, column: suggestion.column + 1, confidence: rounded(suggestion.confidence) };
}

function candidateDto({ field, confidence, reason, like, readable, unread }: FieldCandidate): FieldCandidateDto {
  return {
    ...{ field, confidence: rounded(confidence), reason, like: like ?? null },
    ...{ readable: rounded(readable), unread: [...unread] },
  };
}

function rounded(share: number): number {
  return Math.round(share * 100) / 100;
}
