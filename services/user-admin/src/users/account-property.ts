import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { LANGUAGES } from '@muster/contracts';
import { EachText, Text } from '../validation/text.js';
import { accountField, type AccountField } from './account-fields.js';

/**
 * A property of a body that is a field of accounts: its shape is checked, and documented, as the list of fields says.
 * What needs more than the value itself is for `account-faults.ts`.
 */
export function FieldOfAccount(id: string, description?: string): PropertyDecorator {
  const field = accountField(id);
  if (!field) throw new Error(`Accounts have no field ${id}`);
  const nullable = field.clearable || field.type === 'email';
  return applyDecorators(
    ...checksOf(field),
    IsOptional(),
    ApiProperty({
      ...shapeOf(field),
      nullable,
      required: true,
      ...(description && { description }),
    } as ApiPropertyOptions),
  );
}

function checksOf({
  type,
  values,
  maxLength = Infinity,
  maxEntries = Infinity,
  min,
  max,
}: AccountField): PropertyDecorator[] {
  switch (type) {
    case 'integer':
      return [IsInt(), Min(min ?? -Infinity), Max(max ?? Infinity)];
    case 'number':
      return [IsNumber(), Min(min ?? -Infinity), Max(max ?? Infinity)];
    case 'yesNo':
      return [IsBoolean()];
    case 'choice':
      return [IsIn(values ?? [])];
    case 'language':
      return [IsIn(LANGUAGES)];
    case 'email':
      return [Text(maxLength), IsEmail()];
    case 'list':
      return [IsArray(), ArrayMaxSize(maxEntries), EachText(maxLength), ArrayUnique()];
    case 'groups':
      return [IsArray(), ArrayMaxSize(maxEntries), Matches(/^[0-9a-f]{32}$/, { each: true }), ArrayUnique()];
    default:
      // A UPRN that is too long is told so by its own rule.
      return [Text(type === 'uprn' ? Infinity : maxLength)];
  }
}

function shapeOf({ type, values, maxLength, maxEntries, min, max }: AccountField): ApiPropertyOptions {
  switch (type) {
    case 'integer':
    case 'number':
      return { type, ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) };
    case 'yesNo':
      return { type: 'boolean' };
    case 'choice':
      return { enum: [...(values ?? [])] };
    case 'language':
      return { enum: [...LANGUAGES] };
    case 'list':
    case 'groups':
      return {
        type: 'array',
        maxItems: maxEntries,
        items: { type: 'string', ...(maxLength && { maxLength }) },
      };
    case 'date':
      return { type: 'string', format: 'date', example: '1980-05-17' };
    case 'time':
      return { type: 'string', example: '08:30' };
    default:
      return { type: 'string', ...(maxLength && { maxLength }) };
  }
}
