import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import { formatValue, parseCell, type EntitySchema, type FieldSchema } from '@muster/import-model';

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
  /** Unicode code points, of a list those of each entry; null where it means nothing. */
  maxLength!: number | null;
  /** Entries of a list; null where it means nothing. @example 97 */
  maxEntries!: number | null;
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
  /** The same as people of each language write it in a file: `14.03.2026`, `Ja`, the label of a selection. */
  examples!: TextsDto;
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
    maxLength: field.maxLength ?? null, maxEntries: field.maxEntries ?? null, min: field.min ?? null, max: field.max ?? null, default: field.default ?? null,
    options: field.options?.map(({ code, label: text }) => ({ code, label: { ...text } })) ?? null,
    references: field.references ?? null,
    example, examples: examplesOf(field), synonyms: [...synonyms],
  }; // prettier-ignore
}

function examplesOf(field: FieldSchema): TextsDto {
  const read = parseCell(field, field.example);
  const value = read.ok ? read.value : field.example;
  return { en: formatValue(field, value, 'en'), de: formatValue(field, value, 'de') };
}
