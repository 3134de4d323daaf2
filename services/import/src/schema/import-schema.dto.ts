import { ApiProperty } from '@nestjs/swagger';
import type { EntitySchema, FieldSchema } from '@muster/import-model';

export class TextsDto {
  en!: string;
  de!: string;
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
    example, synonyms: [...synonyms],
  }; // prettier-ignore
}
