import type { FieldSchema } from '../schema/field-schema.js';
import type { CellResult, SourceFormat } from './cell-result.js';
import { dateConverter, dateTimeConverter } from './date-converters.js';
import { isEmailAddress } from './email.js';
import { isSafeLink } from './link.js';
import { numberReader } from './number-reader.js';
import { listConverter } from './list-converter.js';
import { multiSelectionConverter, selectionConverter } from './selection-converters.js';
import { invalidValue, refused, shown, type ExpectedForm } from './problems.js';
import { asciiTable, consistsOf, isLongerThan } from './text-rules.js';
import { minutesConverter, timeConverter, workingTimeConverter } from './time-converters.js';
import { uprnConverter } from './uprn.js';
import { readYesNo } from './yes-no.js';

/** Reads a cell that is not blank and has only good characters. */
export type Converter = (text: string) => CellResult;

const DIGITS = '0123456789';
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const IDENTIFIER = asciiTable(`${LETTERS}${DIGITS}-_{}.`);
const PHONE = asciiTable(`${DIGITS} +()-/`);
const HEX = asciiTable(`${DIGITS}abcdefABCDEF`);

/** One small converter per type; each is made once per column. */
export function converterOf(field: FieldSchema, source: SourceFormat): Converter {
  switch (field.type) {
    case 'text':
    case 'multiline':
      return textConverter(field, undefined, () => true);
    case 'identifier':
      return textConverter(field, 'identifier', (text) => consistsOf(text, IDENTIFIER));
    case 'phone':
      return textConverter(field, 'phone', (text) => consistsOf(text, PHONE));
    case 'email':
      return textConverter(field, 'email', isEmailAddress);
    case 'link':
      return textConverter(field, 'link', isSafeLink);
    case 'recordId':
      return recordIdConverter(field);
    case 'integer':
    case 'number':
      return numberConverter(field, source);
    case 'yesNo':
      return (text) => valueOr(readYesNo(text), () => invalidValue(field, 'yesNo', text));
    case 'date':
      return dateConverter(field, source);
    case 'dateTime':
      return dateTimeConverter(field, source);
    case 'time':
      return timeConverter(field);
    case 'minutes':
      return minutesConverter(field);
    case 'selection':
      // Where a company has no list of its own, every text will do.
      return field.options?.length === 0 ? textConverter(field, undefined, () => true) : selectionConverter(field);
    case 'multiSelection':
      return multiSelectionConverter(field);
    case 'list':
      return listConverter(field);
    case 'workingTime':
      return workingTimeConverter(field);
    case 'uprn':
      return uprnConverter(field);
    case 'reference':
      return referenceConverter(field);
  }
}

function textConverter(
  field: FieldSchema,
  expected: ExpectedForm | undefined,
  fits: (text: string) => boolean,
): Converter {
  const limit = field.maxLength ?? Number.POSITIVE_INFINITY;
  return (value) => {
    if (isLongerThan(value, limit)) return tooLong(field, value, limit);
    return expected === undefined || fits(value) ? { ok: true, value } : invalidValue(field, expected, value);
  };
}

function tooLong(field: FieldSchema, value: string, limit: number): CellResult {
  return refused(field, 'too_long', { limit, length: [...value.normalize('NFC')].length });
}

/** An id that has not even the form of one is nobody's id. */
function recordIdConverter(field: FieldSchema): Converter {
  return (text) => {
    const digits = text.replaceAll('-', '');
    const isId = digits.length === 32 && consistsOf(digits, HEX);
    return isId ? { ok: true, value: digits.toLowerCase() } : refused(field, 'unknown_id', { value: shown(text) });
  };
}

/** What can be neither an external id nor an id is nobody's. Which record it is, its owner finds out. */
function referenceConverter(field: FieldSchema): Converter {
  const limit = field.maxLength ?? Number.POSITIVE_INFINITY;
  return (value) => {
    if (value.length <= limit && consistsOf(value, IDENTIFIER)) return { ok: true, value };
    return refused(field, `unknown_${field.references}`, { value: shown(value) });
  };
}

function numberConverter(field: FieldSchema, source: SourceFormat): Converter {
  const { type, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = field;
  const read = numberReader(source.decimalSeparator);
  const isBounded = field.min !== undefined && field.max !== undefined;
  return (text) => {
    const value = read(text);
    if (value === undefined || (type === 'integer' && !Number.isSafeInteger(value))) {
      return invalidValue(field, type === 'integer' ? 'integer' : 'number', text);
    }
    if (value >= min && value <= max) return { ok: true, value };
    return isBounded ? invalidValue(field, 'range', text, { min, max }) : invalidValue(field, 'number', text);
  };
}

function valueOr(value: boolean | undefined, otherwise: () => CellResult): CellResult {
  return value === undefined ? otherwise() : { ok: true, value };
}
