import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import type { EntitySchema, FieldSchema } from '@muster/import-model';

export class TextsDto {
  en!: string;
  de!: string;
}

export class ConfigurationTemplateQuery {
  @ApiPropertyOptional({ enum: LANGUAGES, description: 'Language of the column headers; preset: the reader’s.' })
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

export class SelectionOptionDto {
  /** What is stored. @example high */
  code!: string;
  label!: TextsDto;
}

export class ImportFieldDto {
  /** What a mapping names as its target. @example name1 */
  id!: string;
  /** @example text */
  type!: string;
  label!: TextsDto;
  description!: TextsDto;
  required!: boolean;
  /** Given by the system; can only be a key. */
  readOnly!: boolean;
  usableAsKey!: boolean;
  /** Unicode code points; null where it means nothing. */
  maxLength!: number | null;
  min!: number | null;
  max!: number | null;
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] })
  default!: string | number | boolean | null;
  /** Values of a selection, each read by its code or label; null where any value is one. */
  @ApiProperty({ type: [SelectionOptionDto], nullable: true })
  options!: SelectionOptionDto[] | null;
  /** The entity whose records the field refers to, by external id or id; null where it refers to none. */
  references!: string | null;
  /** @example Sanatorium Maria Hilf */
  example!: string;
  /** Headers by which the field is recognised. */
  synonyms!: string[];
}

export class ImportSchemaDto {
  /** @example customer */
  entity!: string;
  label!: TextsDto;
  modes!: string[];
  fields!: ImportFieldDto[];
}

export function importSchemaDto({ name, label, modes, fields }: EntitySchema): ImportSchemaDto {
  return { entity: name, label: { ...label }, modes: [...modes], fields: fields.map(fieldDto) };
}

function fieldDto(field: FieldSchema): ImportFieldDto {
  const { id, type, label, description, required, readOnly, usableAsKey, example, synonyms } = field;
  return {
    id, type, label: { ...label }, description: { ...description }, required, readOnly, usableAsKey,
    maxLength: field.maxLength ?? null, min: field.min ?? null, max: field.max ?? null, default: field.default ?? null,
    options: field.options?.map(({ code, label: text }) => ({ code, label: { ...text } })) ?? null,
    references: field.references ?? null,
    example, synonyms: [...synonyms],
  }; // prettier-ignore
}
