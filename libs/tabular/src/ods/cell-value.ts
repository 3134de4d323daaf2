import type { CellKind } from '../table.js';
import { numberText } from '../values/number-text.js';
import { dateValue } from './date-value.js';
import { timeValue } from './time-value.js';

/** What a cell says about its value; all of it as the file has it. */
export interface CellClaims {
  /** `office:value-type` */
  readonly type: string;
  /** `office:value`, or `office:date-value` and so on for its type. */
  readonly value: string | undefined;
  readonly hasFormula: boolean;
  /** Undefined when the file does not say. */
  readonly isError: boolean | undefined;
}

/** What LibreOffice adds says of a string whether it is one, or an error. @param type `calcext:value-type` */
export function isErrorBy(type: string | undefined): boolean | undefined {
  return type === 'error' ? true : type === 'string' ? false : undefined;
}

export type CellValue = readonly [text: string, kind: CellKind];

/** Results of formulas that failed, as spreadsheets in several languages show them: `#WERT!`, `#N/D`; `#12` is none. */
const ERROR =
  /^(?:#[\p{Lu}\d]+(?:\/[\p{Lu}\d]+)?[!?]|#\p{Lu}{1,2}\/\p{Lu}{1,2}|#(?:NV|YOK|HIÁNYZIK|PUUTTUU)|Err:\d{3})$/u;

/** Decimals that every reader takes for the same number; with 15 digits at most, no shorter one is the same number. */
const SHORTEST = /^-?(?!0\d)(?=[\d.]{1,16}$)\d{1,15}(?:\.\d*[1-9])?$/;

/**
 * The value of a cell, by what it claims to be. What does not fit its type counts as a text: as it is shown.
 *
 * @param shown its paragraphs
 */
export function cellValue({ type, value, hasFormula, isError }: CellClaims, shown: string): CellValue {
  if (isError ?? (hasFormula && ERROR.test(shown))) {
    const text = shown === '' ? (value ?? '') : shown;
    return [text, text === '' ? 'text' : 'error'];
  }
  if (value === undefined || type === '') return [shown, 'text'];
  return typedValue(type, value, shown) ?? [shown === '' ? value : shown, 'text'];
}

/** @returns undefined when the value does not fit its type */
export function typedValue(type: string, value: string, shown: string): CellValue | undefined {
  switch (type) {
    case 'string': {
      return [value, 'text'];
    }
    case 'float':
    case 'currency': {
      return withKind(decimal(value), 'number');
    }
    case 'percentage': {
      return withKind(decimal(value), 'percent');
    }
    case 'date': {
      return dateValue(value, shown);
    }
    case 'time': {
      return withKind(timeValue(value), 'time');
    }
    case 'boolean': {
      return withKind(truth(value), 'boolean');
    }
    default: {
      return undefined;
    }
  }
}

function withKind(text: string | undefined, kind: CellKind): CellValue | undefined {
  return text === undefined ? undefined : [text, kind];
}

function decimal(value: string): string | undefined {
  if (SHORTEST.test(value)) return value === '-0' ? '0' : value;
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? numberText(number) : undefined;
}

function truth(value: string): string | undefined {
  if (value === 'true' || value === '1') return 'TRUE';
  return value === 'false' || value === '0' ? 'FALSE' : undefined;
}
