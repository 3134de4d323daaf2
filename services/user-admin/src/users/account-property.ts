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
import { EachText, Text } from '@muster/platform';
import { accountField, type AccountField } from './account-fields.js';
import { isList } from './account-state.js';

/**
 * A property of a body that is a field of accounts: its shape is checked, and documented, as the list of fields says.
 * What needs more than the value itself is for `account-faults.ts`.
 */
export function FieldOfAccount(id: string, description?: string): PropertyDecorator {
  const field = accountField(id);
  if (!field) throw new Error(`Accounts have no field ${id}`);
  return applyDecorators(
    ...checksOf(field),
    IsOptional(),
    ApiProperty({
      ...shapeOf(field),
      nullable: mayBeNull(field),
      required: true,
      ...(description && { description }),
    } as ApiPropertyOptions),
  );
}

/** Whether an answer may have null there. What is emptied gets the company's language, no entries, or the names. */
function mayBeNull({ id, type, clearable }: AccountField): boolean {
  if (['email', 'firstName', 'lastName'].includes(id)) return true;
  return clearable && !isList(type) && type !== 'language' && id !== 'displayName';
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

/** How the value is documented. */
export function shapeOf({ type, values, maxLength, maxEntries, min, max }: AccountField): ApiPropertyOptions {
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
