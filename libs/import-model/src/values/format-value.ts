import type { Language } from '@muster/contracts';
import type { CellValue, FieldSchema, SelectionOption } from '../schema/field-schema.js';
import { BETWEEN_VALUES } from './selection-converters.js';
import { YES_NO_TEXTS } from './yes-no.js';

/**
 * A canonical value as a person reads it in a file of this language, so that reading the text gives the value again, with
 * the decimal separator of the language and without a date format. References are not told: their owner knows the records.
 */
export function formatValue(field: FieldSchema, value: CellValue, language: Language): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return YES_NO_TEXTS[value ? 'yes' : 'no'][language];
  if (typeof value === 'number') return language === 'de' ? String(value).replace('.', ',') : String(value);
  switch (field.type) {
    case 'date':
      return dayText(value, language);
    case 'dateTime':
      return `${dayText(value.slice(0, 10), language)} ${withoutZeroSeconds(value.slice(11))}`;
    case 'selection':
      return labelOf(field, value, language);
    case 'multiSelection':
      return value
        .split(BETWEEN_VALUES)
        .map((code) => labelOf(field, code, language))
        .join(BETWEEN_VALUES);
    default:
      return value;
  }
}

function dayText(day: string, language: Language): string {
  const [year, month, date] = day.split('-');
  return language === 'de' ? `${date}.${month}.${year}` : day;
}

function withoutZeroSeconds(time: string): string {
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}

/** The code itself where another value is called, or written, as its label. */
function labelOf({ options = [] }: FieldSchema, code: string, language: Language): string {
  const option = options.find((one) => one.code === code);
  if (!option) return code;
  const text = option.label[language];
  const isPlain = text.trim() === text && text !== '' && !text.includes(BETWEEN_VALUES);
  const isTaken = options.some((one) => one !== option && wordsOf(one).includes(text.toLowerCase()));
  return isPlain && !isTaken ? text : code;
}

function wordsOf({ code, label }: SelectionOption): string[] {
  return [code, label.en, label.de].map((text) => text.trim().toLowerCase());
}
